"""Looking at built sites with a browser: the kinds of pages, a host, measures, screenshots and audits."""
