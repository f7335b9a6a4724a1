// What stands in the two tables, by the beginnings of its key, in words for people. A row of no known kind was written by
// a newer release, or by nobody of ours. A test holds this against every key there is.

export const itemKinds: Readonly<Record<string, string>> = {
  'SYS/NETWORK': 'network of lines',
  'SYS/DUTY-FILL': 'how far duty entries are kept up',
  'SYS/BACKFILL': 'how far rows were written anew',
  'VOL/VOL': 'volunteers',
  'VOL/DUTY': 'duty entries',
  'VOL/AWAY': 'volunteers with shifts in other regions',
  'REQ/REQ': 'requests',
  'REQ/T': 'entries of timelines',
  'REQ/KEY': 'keys of requests',
  'HOOK/HOOK': 'answers to webhooks',
  'NUM/HELPER': "helpers' numbers",
  'NUM/LINE': 'numbers of survivors, and where they lead',
  'NUM/WROTE': 'when a number last wrote',
  'NUM/COOL-DOWN': 'numbers that are cooling down',
  'NUM/REQ': 'whose key is whose',
  'HLP/CODE': 'codes of offers',
  'HLP/TALK': 'conversations of helpers',
  'HLP/HINT': 'hints given',
  'COUNT/COUNT': 'counters',
  'KEY/KEY': 'API keys',
  'ANSWER/ANSWER': 'answers kept for a repeat',
  'DAY/END': 'what is kept of requests for reports',
  AUDIT: 'acts of managers',
};
