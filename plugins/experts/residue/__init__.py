"""Whether anything is left of people who left: in a build, in its caches, on the live site."""
