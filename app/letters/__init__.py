"""The letter: composed from a campaign, a member and a supporter's answers, and put into its forms.

Knows nothing of Flask or HTTP. A letter is plain text throughout: nothing that anybody types can turn into markup.
"""
