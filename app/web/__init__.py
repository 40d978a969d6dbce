"""The pages: with the commands, the only code that knows Flask and WTForms."""
