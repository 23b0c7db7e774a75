"""The review desk: pages for moderators, rendered here, that work without JavaScript and faster with it."""
