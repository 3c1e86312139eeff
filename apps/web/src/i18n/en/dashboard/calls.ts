/** Calls that are on, how much there was, how the server does. */
export const calls = {
  "calls.title": "Live calls",
  "calls.why":
    "No names stand here: they are sealed, and this server does not know them. It sees that somebody is there, under a name made up anew for every visit.",
  "calls.none": "No call is on",
  "calls.none-todo": "As soon as somebody is in a room, it stands here.",
  "calls.room": "A room without a name",
  "calls.since": "Since {when}",
  "calls.since-before": "From before the server started",
  "calls.inside": { one: "{count} inside", other: "{count} inside" },
  "calls.waiting": { one: "{count} waiting", other: "{count} waiting" },
  "calls.who": "Who is inside",
  "calls.pseudonym": "Made-up name",
  "calls.came": "Came",
  "calls.state": "Connection",
  "calls.connected": "Connected",
  "calls.cut-off": "Cut off",
  "calls.remove": "Have removed",
  "calls.remove-title": "Have {name} removed?",
  "calls.remove-what":
    "This asks the devices inside to remove that person and to change the keys. The server cannot do it itself. Everyone reads that the organisation asked.",
  "calls.remove-asked": "Asked. The devices inside do it.",
  "calls.end": "End the call",
  "calls.end-title": "End the call in {name}?",
  "calls.end-what":
    "The server carries nothing of it any more. Everyone is out at once. Keys are not taken from anybody: who has the link can begin anew afterwards.",
  "calls.end-closed": "Nobody comes back for",
  "calls.end-closed.60": "A minute",
  "calls.end-closed.600": "Ten minutes",
  "calls.end-closed.3600": "An hour",
  "calls.end-yes": "End the call",
  "calls.refresh": "Look again",
} as const
