"""The letter: composed from a campaign, a member and a supporter's answers, as email and on paper.

This room knows nothing of Flask or HTTP. A letter is plain text: nothing that anybody types can turn into markup.
"""
