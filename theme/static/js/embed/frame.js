/**
 * The frame of a player: made from what the page says, as far as the site allows it.
 */

const listed = document.querySelector("meta[name=embed-origins]")?.content.split(" ") ?? [];

/** Whether an address is that of a player of the site's settings: on HTTPS, elsewhere, and at one of their origins. */
export function isAllowed(address) {
  if (!URL.canParse(address)) return false;
  const { protocol, origin } = new URL(address);
  return protocol.slice(0, -1) === "https" && origin !== location.origin && listed.includes(origin);
}

/** A frame that may do what it needs, set before it gets its address. */
export function frameOf({ frame, title, sandbox, allow, referrer }) {
  if (!isAllowed(frame)) throw new Error(`no player of this site: ${frame}`);
  const made = document.createElement("iframe");
  made.title = title;
  made.sandbox.value = sandbox;
  made.allow = allow;
  made.referrerPolicy = referrer;
  made.loading = "lazy";
  made.src = frame;
  return made;
}
