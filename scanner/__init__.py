"""Evidence gathered: browsers, network, crawl queue and the command line."""
