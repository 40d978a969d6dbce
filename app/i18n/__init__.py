"""The languages of the pages: which is spoken, what is said in it, and its dates. Every room may ask."""
