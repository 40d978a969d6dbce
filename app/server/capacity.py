"""Limits on connections and requests, for each web process."""

LONGEST_FIRST_LINE = 4_094  # bytes
LONGEST_FIELD = 8_190  # bytes of a header field, name and value
MOST_FIELDS = 60
LONGEST_HEAD = 32 * 1024  # bytes
LONGEST_BODY = 1_200_000  # bytes: a little more than the largest form of the Studio
LONGEST_CHUNK_LINE = 256  # bytes of a line between chunks
LONGEST_TRAILERS = 4_096  # bytes

MOST_PIPELINED = 32
"""Requests that a client may send in one go before it reads an answer."""
COSTLY_REQUEST = 64 * 1024  # bytes: a letter has less
MOST_COSTLY_AT_ONCE = 2
"""Requests in the hands of threads that are long, or that were sent before the answer to another was read."""

SECONDS_TO_ARRIVE = 30.0  # for a whole request, however it comes
SECONDS_TO_LEAVE = 60.0  # for a whole answer
SECONDS_TO_PART = 2.0  # to read an answer that was sent before the request was complete
SECONDS_IDLE_WHEN_STOPPING = 2.0
SECONDS_TO_ARRIVE_WHEN_STOPPING = 5.0

MOST_BYTES_HELD = 48_000_000
"""Bytes of requests that are arriving and answers that are leaving, in all connections together."""
BYTES_READ_AT_ONCE = 16 * 1024
BYTES_SENT_AT_ONCE = 128 * 1024
SEND_BUFFER = 64 * 1024  # bytes that the kernel keeps for a slow client, which it doubles
MOST_ACCEPTED_AT_ONCE = 16  # more would leave too few for the other processes
MOST_QUEUED = 400
"""Requests that wait for a thread, beyond which a process accepts no connection: it could only close others for it."""
CONNECTIONS_TO_SPARE = 50
"""Below the limit on connections: the process closes waiting ones until this many are free."""
SECONDS_BEFORE_CLOSED_FOR_OTHERS = 0.5
"""Time that a connection has before it may be closed for others: a visitor's request is read by then."""
DESCRIPTORS_FOR_THE_APP = 128  # files and connections that are not a client's
