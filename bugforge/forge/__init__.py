"""From a pack to proven exercises: sites are found, addresses drawn, candidates proven."""
