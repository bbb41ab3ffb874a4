/**
 * Every limit of the product, each with its reason and what the person sees beyond it. Beyond a limit nothing is
 * dropped silently: the view says what it did not read and offers to read it.
 */
export const limits = {
  /** JSON nesting. Python itself stops near 1,000. Beyond: the content is shown as text. */
  jsonDepth: 2_000,
  /** Nesting of what we write. Python counts its own calls too and stops near 990. Beyond: nothing is written. */
  writtenDepth: 900,
  /** Bytes of one JSON document that are parsed at once. Beyond: the beginning, and “show anyway”. */
  jsonBytes: 64 * 1024 * 1024,
  /** Digits of an integer that Python still reads and writes (formats/vek.md §4). Beyond: no canonical form. */
  integerDigits: 4_300,
  /** Bytes of one object that a node view shows unasked. Beyond: the beginning, and “show anyway”. */
  contentBytes: 1024 * 1024,
  /** Bytes of an object that are read to summarise a call in its row. Beyond: the summary uses the beginning. */
  summaryBytes: 64 * 1024,
  /** Children of a node that are listed as links. Beyond: the count. */
  childLinks: 100,
  /** Inputs of calls of one tool that are read to find the last one on the same document. Beyond: it says how many. */
  beforeInputs: 500,
  /** Bytes of such inputs that are read in all. Beyond: the same. */
  beforeBytes: 16 * 1024 * 1024,
  /** Folders below the opened one that are searched for stores. Beyond: a message names the limit. */
  searchFolders: 5_000,
  searchDepth: 4,
  /** Attempts to get an unchanged look at a store while another process writes, before “busy”. */
  lookAttempts: 20,
  /**
   * Milliseconds that a file must have been left alone before an unlocked look relies on its times: the clock of
   * file times moves in steps of up to 10 ms, and a change within one step would not show.
   */
  fileClockMs: 15,
  /**
   * Bytes of a store that is copied to look at it beside a writer. Larger ones are read in place with a shared lock,
   * and a writer that closes at that moment leaves its `-wal` and `-shm` for the next one to clear.
   */
  copyBytes: 32 * 1024 * 1024,
  /** Milliseconds that a look at a larger store, which changed while it was read, waits for the writer to open it again. */
  catchWriterMs: 1_500,
  /** Copies that a busy writer may spoil before the store is read in place with a shared lock after all. */
  tornCopies: 3,
  /** Milliseconds that a copy of a store in the app folder is kept for the next look, unless the store changes. */
  keptCopyMs: 30_000,
  /** Unanswered questions for the next readable row in a damaged table. Beyond: the loss says that rows may be there. */
  salvageProbes: 20_000,
  /** Bytes of a HEAD or HEAD.lock file. Beyond: the file is no such file, and listed as unreadable. */
  headBytes: 64 * 1024,
  /** Size up to which a database is checked whole (quick_check) before the first write to it. Above: refs only. */
  quickCheckBytes: 64 * 1024 * 1024,
  /** Milliseconds that a writer waits for SQLite's lock; vek waits five seconds itself. */
  busyTimeoutMs: 5_000,
  /** Age in seconds after which vek deletes a HEAD.lock as stale (formats/vek.md §1). */
  headLockStaleSeconds: 300,
  /** Bytes of the log; then it is put aside as the older of two. More is no use in a report. */
  logBytes: 512 * 1024,
  /** Bytes of the log that are shown and copied for a report. */
  logShownBytes: 64 * 1024,
  /** Bytes of one message from a window. The largest are the choices of a merge (`keptProgressChars`), escaped. */
  socketMessageBytes: 96 * 1024 * 1024,
  /** Windows on one server at once. Beyond: refused with 503, so that a looping page can't start endless sessions. */
  sockets: 32,
  /** TCP connections to one server at once; a browser opens six for a page. Beyond: the newest is dropped. */
  serverConnections: 256,
  /** Bytes that wait for a window that does not take them; twice the largest answer. Beyond: it is closed, with the reason. */
  socketBacklogBytes: 512 * 1024 * 1024,
  /** Milliseconds between two signs of life of a window, so that a dead tunnel frees its session. */
  socketPingMs: 30_000,
  /** Bytes of `.vek/vekscope/operations.jsonl`, some 50,000 operations. Beyond: the person is asked to move it away. */
  journalBytes: 64 * 1024 * 1024,
  /** Bytes of one object that the trash keeps (a line of text in memory). Beyond: the branch is not deleted. */
  trashObjectBytes: 256 * 1024 * 1024,
  /** Calls of both sides since the split up to which a merge is analysed at once, a few ms. More: beside the engine. */
  mergeInlineCalls: 2_000,
  /** Bytes of their outputs up to which it is. More: the same. */
  mergeInlineBytes: 2 * 1024 * 1024,
  /** Inputs of earlier calls that such a merge may read to find what both sides started from, some tens of ms. More: the same. */
  mergeInlineInputs: 5_000,
  /** Characters of one value of a conflict that a card is sent. Beyond: its beginning; the panes show the whole. */
  mergeValueChars: 1024 * 1024,
  /** Characters of all such values of one merge. Beyond: of each further one only so many as follow, and it says so. */
  mergeValuesChars: 64 * 1024 * 1024,
  mergeValueLeastChars: 1_000,
  /** Characters of the choices of one merge that are kept in the app folder. Beyond: said, and what was kept stays. */
  keptProgressChars: 32 * 1024 * 1024,
  /** Bytes of one remembered rule for documents, or of the first line of kept choices. Beyond: it is no such file. */
  keptRuleBytes: 256 * 1024,
  /** Milliseconds that a write waits for another Vekscope to finish its own. Beyond: “locked”. */
  applyLockWaitMs: 3_000,
  /** Age in seconds of the newest call below which a person is warned before HEAD moves. */
  recentCallSeconds: 120,
  /** Milliseconds between two looks at the files of an open repository, for when file events fail: a change still
   * shows within half a second, and an idle window costs next to nothing. */
  watchPollMs: 400,
  /** Milliseconds from a file event to the look it wakes, so that a burst of events is one look. */
  watchSettleMs: 10,
  /** Bytes of all indexes of a kind in the app folder. Beyond: the one written longest ago is removed. */
  indexBytes: 8 * 1024 * 1024 * 1024,
  /** Indexes kept in the app folder, 50 bytes for each call. Beyond: the one written longest ago is removed. */
  indexFiles: 64,
  /** Bytes of one such file, some 40 million calls. Beyond: the repository is read anew at every opening. */
  indexFileBytes: 2 * 1024 * 1024 * 1024,
  /** Bytes of a store whose indexes a check compares row by row. Beyond: it counts what they list. */
  indexCompareBytes: 16 * 1024 * 1024,
  /** Bytes of a store of which a check also has SQLite check the pages, some 700 MB a second. Beyond: said in its report. */
  sqliteCheckBytes: 128 * 1024 * 1024,
  /** Messages that SQLite's check of the pages gives. Beyond: it stops; the first ones tell enough. */
  sqliteCheckMessages: 20,
  /** Parts that no ref reaches which a check compares with the gaps in the history. Beyond: their calls are counted. */
  cutOffParts: 1_000,
  /** Problems of one kind of error that a check lists; more fit in no list a person reads. Beyond: their number. */
  checkProblems: 200_000,
  /** Warnings or notices of one kind that a check lists: a foreign writer makes them for every call. Beyond: their number. */
  checkNotices: 1_000,
  /** Calls on one cycle that a check names by their full hashes. Beyond: their number. */
  cycleNodes: 1_000,
  /** Characters of a text to search for; SQLite stops at patterns of 50,000 bytes. Beyond: “too-large”. */
  searchChars: 4_000,
  /** Names of tools whose comparison a search remembers. Beyond: each call's tool is compared again. */
  searchTools: 10_000,
  /**
   * Bytes of the trash that are put back in one transaction, well within the five seconds that vek waits for the
   * write lock. More are put back in several, before the ref moves.
   */
  restoreStepBytes: 4 * 1024 * 1024,
  /** Calls up to which the engine checks a repository unasked. Above: the person starts the check. */
  checkUnaskedCalls: 20_000,
  /** Calls of a folded stretch whose costs are summed: inputs and outputs are read for it. Beyond: no sum is shown. */
  foldCostCalls: 100,
  /** Calls up to which failed ones are looked for unasked: all outputs are read once. Above: the person starts the search. */
  failuresUnaskedCalls: 20_000,
  /** New calls whose failures are looked for at once, a few milliseconds. More: beside the engine. */
  failuresInlineCalls: 200,
  /** Milliseconds between two unasked checks, so that a busy repository costs little. */
  checkUnaskedEveryMs: 60_000,
  /** Calls after the fork point of two runs up to which they are compared at once; above, beside the engine. */
  compareInlineCalls: 2_000,
  /** The same for stores of more than 16 MB, whose contents may be long. */
  compareInlineLarge: 200,
  /** Bytes of contents that are read to compare runs without what is ignored. Beyond: the rest counts as stored, and it says so. */
  compareIgnoreBytes: 512 * 1024 * 1024,
  /** Bytes of one such content. Beyond: the same. */
  compareObjectBytes: 16 * 1024 * 1024,
  /** Inputs that are read to find which calls of two runs are alike, some seconds. Beyond: by tool and place, and it says so. */
  compareInputs: 500_000,
  /** Bytes of such inputs. Beyond: the same. */
  compareInputBytes: 512 * 1024 * 1024,
  /** Bytes that are read to sum up what two runs came to, some ten seconds. Beyond: the sums are of the calls before. */
  compareSumBytes: 1024 * 1024 * 1024,
  /** Calls that only one of two merged branches has, and documents of theirs are held in memory: some 300 MB. Beyond: “too-large”. */
  mergeCalls: 500_000,
  /** Bytes of one input that is read to name its document. Beyond: the call is a document by itself, and it says so. */
  mergeInputBytes: 16 * 1024 * 1024,
  /** Bytes of inputs whose values are held, so that those used often are read once. Beyond: they are read again. */
  mergeHeldBytes: 32 * 1024 * 1024,
  /** Bytes of one output that is merged by parts, some seconds. Beyond: only a whole side of it can be taken. */
  mergeOutputBytes: 16 * 1024 * 1024,
  /**
   * Earlier calls that are looked through for what documents were at the base that only one side changed, some tens of
   * milliseconds. Beyond: that base is not shown, and the side counts as changed; the result is the same.
   */
  mergeBaseUnasked: 4_000,
  /** Earlier inputs that are read in all to find what both sides started from, some ten seconds. Beyond: the base is unknown and only whole sides can be taken. */
  mergeBaseInputs: 1_000_000,
  /** Bytes of such inputs. Beyond: the same. */
  mergeBaseBytes: 2 * 1024 * 1024 * 1024,
  /** Such inputs above which it says that it read many, about half a second. */
  mergeBaseTold: 25_000,
  /** Comparisons of runs that the engine keeps, ten bytes for each call in them. Beyond: the oldest is made again. */
  comparisonsKept: 8,
  /** Folders of agents that are listened to, one watch of the system each. Beyond: changes show within seconds, by comparing. */
  agentWatches: 8_000,
  /** Folders of agents that are followed at all. Beyond: what changes in them shows when everything is compared. */
  agentFolders: 50_000,
  /** Folders directly in a root that are listened to for a new agent. Beyond: a new agent shows when everything is compared. */
  agentRootFolders: 500,
  /** Milliseconds from a file event of an agent to the reading it wakes: a run writes several lines at once. */
  agentSettleMs: 30,
  /** Milliseconds between two looks at what running agents write to where there are no file events: within one second. */
  agentPollMs: 900,
  /** Looks over which a comparison of all files of agents is spread, so that an idle window costs next to nothing. */
  agentSweeps: 200,
  /** Looks for one comparison of what runs write to, where file events tell of it at once: every four seconds. */
  agentHotLooks: 4,
  /** Files of agents whose times are compared for when file events fail. Beyond: only events tell of the others. */
  agentFiles: 200_000,
  /** Bytes of an agent's .lock. Beyond: it is no lock file of the runtime, and names no process. */
  agentLockBytes: 4_096,
  /** Entries of a folder that are looked at for agents, half a second. Beyond: the first ones by name, and it says so. */
  agentsLookedAt: 5_000,
  /** Bytes of a file of an agent folder that is read as text; the largest settings file the runtime takes has 256 KB. Beyond: it is named with its size, and its text is not shown. */
  agentFileBytes: 8 * 1024 * 1024,
  /** Bytes of such a file whose digest is taken all the same, a fifth of a second. Beyond: it has none, and it says so. */
  agentDigestBytes: 128 * 1024 * 1024,
  /** Entries of one folder of an agent that are listed. Beyond: the first ones by name, and it says so. */
  agentFolderEntries: 20_000,
  /** Characters of a header or block that is read as YAML: what the runtime takes for a whole settings file. Beyond: “not read”. */
  yamlChars: 256 * 1024,
  /** Values that the aliases of a YAML text may unfold to; the runtime itself would use up memory. Beyond: “not read”. */
  yamlNodes: 50_000,
  /** Levels of nested YAML. Beyond: “not read”. */
  yamlDepth: 100,
  /** Characters of a summary or an error of a run that text search looks at; they are 200 by the format. Beyond: not searched, and the help of the search says so. */
  agentSearchChars: 2_000,
  /** Bytes of one line of an agent's log, of which a few thousand are usual. Beyond: listed as too long, in no figure. */
  agentLineBytes: 16 * 1024 * 1024,
  /** Lines of one log that are no record and are listed one by one; more fit in no list a person reads. Beyond: counted. */
  agentBadLines: 1_000,
  /** Bytes of logs of a root up to which they are read at once, some tenths of a second. More: beside the engine. */
  agentInlineBytes: 8 * 1024 * 1024,
  /** Milliseconds after the last write within which a last line without an end counts as being written. */
  agentFreshMs: 5_000,
  /** Tables of agents' logs kept in the app folder, some 150 bytes for each record. Beyond: the one written longest ago is removed. */
  agentCaches: 500,
  /** Bytes of all these tables. Beyond: the same. */
  agentCacheBytes: 2 * 1024 * 1024 * 1024,
  /** Runs that one tree shows. Beyond: how many more there are. */
  agentTreeRuns: 2_000,
  /** Places of another store that a record or call is linked to. Beyond: the first ones, newest first, and it says so. */
  linksListed: 50,
  /** Bytes of a repository that is searched at once for what a record names, some ms. Larger ones: beside the engine. */
  linkInlineBytes: 4 * 1024 * 1024,
  /** Bytes of a repository whose contents are searched for the ids of a record, half a second. Beyond: only hashes are looked up, and it says so. */
  linkStoreBytes: 256 * 1024 * 1024,
  /** Inputs of one tool whose hashes are compared with those of a judgment. Beyond: the newest ones, and it says so. */
  linkInputs: 50_000,
  /** Bytes of logs that are searched for the ids of a call, newest first, half a second. Beyond: it says so. */
  linkLogBytes: 512 * 1024 * 1024,
  /** Bytes of one export of records, more than any sheet opens. Beyond: “too-large”, and a narrower query is asked for. */
  exportBytes: 128 * 1024 * 1024,
  /** Dollars that one record may say it cost. Beyond: no cost (“bad cost”, counted as 0), so that sums stay exact. */
  agentCostUsd: 1_000_000,
  /** Tokens or milliseconds that one record may say it took. Beyond: taken as absent, for the same reason. */
  agentCount: 1e12,
  /** Milliseconds that a write waits for the lock of a note that a run is writing. Beyond: “locked”, with the file's name. */
  fileLockWaitMs: 1_000,
  /** Milliseconds between two tries. */
  fileLockPollMs: 10,
  /** Bytes of the record of writes into one root, some 60,000 writes. Beyond: the person is asked to move it away. */
  editJournalBytes: 64 * 1024 * 1024,
  /** Bytes of the list of texts that others wrote. Beyond: of each file only the newest `editTextsKept` stay in it. */
  editSeenBytes: 16 * 1024 * 1024,
  /** Bytes of all former texts kept of one root. Beyond: the oldest go, and the history says of them that they are not kept. */
  editObjectBytes: 1024 * 1024 * 1024,
  /** Texts of each file that stay whatever the size: the newest ones. */
  editTextsKept: 50,
  /** Writes between two looks at the size of what is kept, which takes some ms. */
  editPruneEvery: 50,
  /** Versions that an agent keeps of one note, read for its history. Beyond: the newest; all lie in `.versions`. */
  agentVersionsRead: 1_000,
  /** Bytes of one kept change set. Beyond: it is not kept, and it says so. */
  editSetBytes: 256 * 1024 * 1024,
  /** Bytes of files of agents that one search reads, about a second. Beyond: the files after that are counted as not searched. */
  fileSearchBytes: 128 * 1024 * 1024,
  /** Places that a search lists; more fit in no list a person reads. Beyond: it says so. */
  fileSearchHits: 2_000,
  /** Places of one file that a search lists, so that one file does not hide the others. Beyond: it names the file. */
  fileSearchFileHits: 100,
  /** Characters of a line that stand around a place that was found. Beyond: “…”. */
  fileSearchLine: 240,
  /** Characters of one payload of a ledger's entry that are read; AEX writes some hundred. Beyond: no amounts, and the entry is marked odd. */
  ledgerPayloadChars: 4 * 1024 * 1024,
  /** Entries of one execution that are listed; AEX writes four. Beyond: the first ones, and it says so. */
  ledgerExecutionEntries: 1_000,
  /** Files of one folder that are looked at for whether they are a ledger, some ms each. Beyond: a message names the limit. */
  ledgerFiles: 50,
  /** Such files below the opened folder in all. Beyond: the same. */
  ledgerFilesInAll: 500,
  /** Broken links of a chain that a check hands on one by one. Beyond: their number. */
  ledgerBreaks: 10_000,
  /** Findings of one kind that a check of a ledger lists; more fit in no list a person reads. Beyond: their number. */
  ledgerFindings: 1_000,
  /** Entries of a ledger up to which it is checked in full unasked: some seconds of half of the processors, a twentieth of the time. Beyond: when a person asks. */
  ledgerCheckUnasked: 2_000_000,
  /** Characters of a response or error that an execution shows. Beyond: its beginning, and its size. */
  ledgerBodyChars: 256 * 1024,
  /** Characters of a payload or of a tool's manifest that are shown. Beyond: the same. */
  ledgerTextChars: 256 * 1024,
  /** Characters of a name, state or time of a row beside the log that are read; AEX writes some tens. Beyond: its beginning, and its length. */
  ledgerNameChars: 10_000,
  /** Reasons for refusals that are listed, the most frequent first; providers put anything into them. Beyond: they are counted together. */
  ledgerReasons: 500,
  /** Views of one ledger that are kept, 4 bytes for each of their lines. Beyond: the one used longest ago is made again. */
  ledgerViews: 8,
  /** Calls of a repository whose contents are compared with an execution's. Beyond: the newest ones, and it says so. */
  ledgerLinkCalls: 20_000,
  /** Bytes of one content that is compared with an execution's. Beyond: it is passed over, and it says so. */
  ledgerLinkBytes: 4 * 1024 * 1024,
  /** Bytes of a ledger up to which its entries are read at once, some 50 ms. Larger ones: beside the engine, and kept. */
  ledgerInlineBytes: 8 * 1024 * 1024,
  /** New entries that are put to an index at once, some 50 ms. More: beside the engine. */
  ledgerInlineEntries: 20_000,
  /** Entries of a ledger that are all compared with the index when it grew, some 10 ms. More: some of them, by chance. */
  ledgerCompareEntries: 5_000,
  /** Entries that are compared then. */
  ledgerSamples: 128,
  /** Executions of a policy that are named by their ids to show their entries, and the rows of the table for that. Beyond: the figure opens nothing, and says why. */
  ledgerPolicyIds: 40,
  /** How long a file that was made for saving waits for the host to hand it over: a slow download goes on meanwhile. After: removed. */
  exportKeepMs: 24 * 3_600_000,
  /** Entries of each of two copies that are shown from where they part. Beyond: their number, in the words above them. */
  ledgerCopyEntries: 20,
  /** Differences of two copies beside their chains that are listed. Beyond: their number. */
  ledgerDifferences: 200,
  /** Values of a key that a filter of a ledger offers, the most frequent first; days are all given. Beyond: only by typing them. */
  ledgerFacets: 1_000,
} as const;
