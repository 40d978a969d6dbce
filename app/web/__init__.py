"""The pages. The only room that knows Flask and WTForms."""
