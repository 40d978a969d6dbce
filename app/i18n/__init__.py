"""Languages: the current locale, translated texts and dates. Every other package may import this one."""
