"""The widget: one script that a site's pages load, served as it is written."""
