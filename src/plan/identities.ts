/**
 * Every identity of the system: a name under which something is stored once and for all, however often it is requested. Stored
 * rows are found by this exact text, so none of these may change.
 */

/** What arrived or was done; what it created is found again by it. */
export const CAUSE = {
  event: (eventId: string) => `event:${eventId}`,
  message: (messageId: string) => `message:${messageId}`,
  recalled: (messageId: string) => `recalled:${messageId}`,
  /** A form of 填报: pressed twice, it is one report. */
  form: (personId: string, nonce: string) => `form:${personId}:${nonce}`,
  photo: (evidenceId: string) => `photo:${evidenceId}`,
  /** The daily check whether all of a person's posts have ended. */
  posts: (openId: string, day: string) => `posts:${openId}:${day}`,
  upload: (uploadId: string) => `upload:${uploadId}`,
};

/** The message of a cause; undefined if it did not come from a message. */
export const messageOf = (cause: string): string | undefined => /^message:(.+)$/.exec(cause)?.[1];

/** A message that the bot sends. `cause` is one of the above. */
export const NOTICE = {
  /** The n-th answer to a message, or to a menu item by its cause. */
  answer: (messageIdOrCause: string, n: number) => `answer:${messageIdOrCause}:${n}`,
  /** An emoji under a message. */
  reaction: (messageId: string) => `reaction:${messageId}`,
  /** A refusal that others in the group must not read. */
  refused: (cause: string) => `refused:${cause}`,
  /** A private answer to a question in a group. */
  alone: (cause: string, personId: string) => `alone:${cause}:${personId}`,
  /** A question about a report in a group, asked in private. */
  asked: (draftId: string, cause: string) => `asked:${draftId}:${cause}`,
  /** The question whether a finished plan is an occasion that has already been reported. */
  same: (cause: string) => `same|${cause}`,
  /** The form behind 已完成 on a reminder. */
  form: (cause: string) => `form|${cause}`,
  /** The notice of a recalled message: the recall's own cause. */
  recalled: (cause: string) => cause,
  photo: (evidenceId: string) => `photo:${evidenceId}`,
  /** A second opinion on a message for which no card could be filled. */
  secondOpinion: (messageId: string) => `opinion:${messageId}`,
  /** The emoji that confirms that a message was recorded. */
  kept: (messageId: string) => `kept:${messageId}`,
  /** The notice that a file waited for a report in vain. */
  dropped: (messageId: string) => `dropped:${messageId}`,
  /** A redraw of a card; `n`: the number of the picture, if the card is known. */
  patch: (messageId: string, cause: string, n?: number) =>
    `patch:${messageId}:${n === undefined ? cause : `${cause}:${n}`}`,
  /** Welcomes once per programme, whether by entering, by a match or by a claim. */
  welcome: (openId: string, programmeId: string) => `welcome:${openId}:${programmeId}`,
  group: (chatId: string) => `group:${chatId}`,
  /** To a stranger, once, and then once a day. */
  unknown: (openId: string, day?: string) => (day === undefined ? `unknown:${openId}` : `unknown:${openId}:${day}`),
  administrator: (messageId: string) => `admin:${messageId}`,
  firstCode: (messageId: string) => `code:${messageId}`,
  claim: (requestId: string, askedId: string) => `claim:${requestId}:${askedId}`,
  confirm: (activityId: string, version: number, personId: string) => `confirm:${activityId}:${version}:${personId}`,
  dispute: (activityId: string, version: number) => `dispute:${activityId}:${version}`,
  behalf: (cause: string) => `behalf:${cause}`,
  /** An arrangement, to each person concerned; its undoing; a request, to each person asked; a refusal, to its requester. */
  arranged: (arrangementId: string, personId: string) => `arranged:${arrangementId}:${personId}`,
  unarranged: (arrangementId: string, personId: string) => `unarranged:${arrangementId}:${personId}`,
  arrangementAsked: (arrangementId: string, personId: string) => `arrange:${arrangementId}:${personId}`,
  arrangementRefused: (arrangementId: string) => `arrange:${arrangementId}:refused`,
  notMe: (activityId: string, version: number, personId: string) => `not_me:${activityId}:${version}:${personId}`,
  help: (helpId: string, personId: string) => `help:${helpId}:${personId}`,
  helpAnswer: (helpId: string, n: number) => `help:${helpId}:answer:${n}`,
  helpTaken: (helpId: string) => `help:${helpId}:taken`,
  helpClosed: (helpId: string, personId: string) => `help:${helpId}:closed:${personId}`,
  /** An inspection, at each step, to each person concerned. */
  inspection: (inspectionId: string, step: string, personId: string) =>
    `inspection:${inspectionId}:${step}:${personId}`,
  importPreview: (uploadId: string) => `import:${uploadId}`,
  imported: (uploadId: string) => `imported:${uploadId}`,
  planDraft: (messageId: string) => `plan-draft:${messageId}`,
  fileRefused: (id: string) => `file-refused:${id}`,
  /** One card of reminders a day and Feishu user. */
  morning: (openId: string, day: string) => `morning|${openId}|${day}`,
  /** The Monday digest of each programme, to people who coordinate one and have other posts too. */
  digest: (openId: string, programmeId: string, day: string) => `digest|${openId}|${programmeId}|${day}`,
  nudge: (openId: string, day: string) => `nudge|${openId}|${day}`,
  urgent: (messageId: string) => `urgent|${messageId}`,
  urgentRefused: (noticeId: string, attempt: number) => `urgent-refused|${noticeId}|${attempt}`,
  summary: (job: string, openId: string, programmeId: string, day: string) => `${job}|${openId}|${programmeId}|${day}`,
  unreachable: (goneId: string, personId: string, at: number) => `unreachable|${goneId}|${personId}|${at}`,
  /** The state of a programme's Base: each matter once a day. */
  mirror: (programmeId: string, what: string, day: string, code = 0) => `mirror|${programmeId}|${what}|${code}|${day}`,
};

/** Work after a transaction. */
export const CHORE = {
  fetchPhoto: (messageId: string, n: number) => `photo:${messageId}:${n}`,
  dropEvidence: (messageId: string) => `drop:${messageId}`,
  removePhoto: (file: string) => `remove:${file}`,
  showPhotos: (cause: string) => `show:${cause}`,
  sendFile: (cause: string, programmeId: string) => `file:${cause}:${programmeId}`,
  secondOpinion: (cause: string) => `opinion:${cause}`,
  readWorkbook: (messageId: string) => `workbook:${messageId}`,
  readPlan: (messageId: string) => `plan:${messageId}`,
  importWorkbook: (uploadId: string) => `import:${uploadId}`,
  /** The remaining work of an import after its rows have become visible. */
  followImport: (programmeId: string, importId: string) => `follow:${programmeId}:${importId}`,
  findPeople: (programmeId: string, cause: string) => `find_people:${programmeId}:${cause}`,
  /** Identifies a stranger: once for their messages, and once for their first look at the chat. */
  identify: (cause: string) => `identify:${cause}`,
  identifyEntered: (openId: string) => `identify:entered:${openId}`,
};

/** An event that a bureau system is notified of once. */
export const happeningOf = (hookId: string, event: string, key: string): string => `${hookId}|${event}|${key}`;

/** One part of a reminder for one person: (kind, recipient, obligation or period, stage). */
export const identityOf = (part: { kind: string; recipientId: string; key: string; stage: string }): string =>
  `${part.kind}|${part.recipientId}|${part.key}|${part.stage}`;
