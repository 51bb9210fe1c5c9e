"""Who has agreed to what: a list for those who keep account of it. It is never a part of the site."""
