"""What is left when things break: ``make chaos``. Parts of a site are killed, hung or filled; supporters go on."""
