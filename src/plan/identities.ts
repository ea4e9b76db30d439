/**
 * Every identity of the system: a name under which something is stored once for all time, however often it is asked for. What is
 * stored under a name is found by that very text, so none of these may change.
 */

/** What came in or was done, by which what it made is found again. */
export const CAUSE = {
  event: (eventId: string) => `event:${eventId}`,
  message: (messageId: string) => `message:${messageId}`,
  recalled: (messageId: string) => `recalled:${messageId}`,
  /** A form of 填报: pressed twice, it is one report. */
  form: (personId: string, nonce: string) => `form:${personId}:${nonce}`,
  photo: (evidenceId: string) => `photo:${evidenceId}`,
  /** That somebody's posts have all ended is looked into once a day. */
  posts: (openId: string, day: string) => `posts:${openId}:${day}`,
  upload: (uploadId: string) => `upload:${uploadId}`,
};

/** The message of a cause; undefined for what no message asked for. */
export const messageOf = (cause: string): string | undefined => /^message:(.+)$/.exec(cause)?.[1];

/** A message that the bot sends. `cause` is one of the above. */
export const NOTICE = {
  /** The n-th answer to a message, or to a menu item by its cause. */
  answer: (messageIdOrCause: string, n: number) => `answer:${messageIdOrCause}:${n}`,
  /** An emoji under a message. */
  reaction: (messageId: string) => `reaction:${messageId}`,
  /** A no that others in the group are not to read. */
  refused: (cause: string) => `refused:${cause}`,
  /** What was asked in a group and is answered to the asker alone. */
  alone: (cause: string, personId: string) => `alone:${cause}:${personId}`,
  /** A question about a report in a group, asked in private. */
  asked: (draftId: string, cause: string) => `asked:${draftId}:${cause}`,
  /** Whether a plan that was done is an occasion that somebody has told of. */
  same: (cause: string) => `same|${cause}`,
  /** The form behind 已完成 on a reminder. */
  form: (cause: string) => `form|${cause}`,
  /** That a message was taken back: the recall's own cause. */
  recalled: (cause: string) => cause,
  photo: (evidenceId: string) => `photo:${evidenceId}`,
  /** What a second opinion made of a message, where no card could be filled. */
  secondOpinion: (messageId: string) => `opinion:${messageId}`,
  /** The emoji that says that what a message brought is kept. */
  kept: (messageId: string) => `kept:${messageId}`,
  /** That it waited for a report in vain. */
  dropped: (messageId: string) => `dropped:${messageId}`,
  /** A redraw of a card; `n`: which picture of it this is, where the card is known. */
  patch: (messageId: string, cause: string, n?: number) =>
    `patch:${messageId}:${n === undefined ? cause : `${cause}:${n}`}`,
  /** Welcomed once in a programme, whether by entering, by a match or by a claim. */
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
  /** An arrangement, to each whom it concerns; that it was taken back; to each who is asked for it; a no to who asked. */
  arranged: (arrangementId: string, personId: string) => `arranged:${arrangementId}:${personId}`,
  unarranged: (arrangementId: string, personId: string) => `unarranged:${arrangementId}:${personId}`,
  arrangementAsked: (arrangementId: string, personId: string) => `arrange:${arrangementId}:${personId}`,
  arrangementRefused: (arrangementId: string) => `arrange:${arrangementId}:refused`,
  notMe: (activityId: string, version: number, personId: string) => `not_me:${activityId}:${version}:${personId}`,
  help: (helpId: string, personId: string) => `help:${helpId}:${personId}`,
  helpAnswer: (helpId: string, n: number) => `help:${helpId}:answer:${n}`,
  helpTaken: (helpId: string) => `help:${helpId}:taken`,
  helpClosed: (helpId: string, personId: string) => `help:${helpId}:closed:${personId}`,
  /** An inspection, at each of its steps, to each whom it concerns. */
  inspection: (inspectionId: string, step: string, personId: string) =>
    `inspection:${inspectionId}:${step}:${personId}`,
  importPreview: (uploadId: string) => `import:${uploadId}`,
  imported: (uploadId: string) => `imported:${uploadId}`,
  planDraft: (messageId: string) => `plan-draft:${messageId}`,
  fileRefused: (id: string) => `file-refused:${id}`,
  /** One card of reminders a day and Feishu user. */
  morning: (openId: string, day: string) => `morning|${openId}|${day}`,
  /** The Monday digest of each programme, to who coordinates one and has other posts besides. */
  digest: (openId: string, programmeId: string, day: string) => `digest|${openId}|${programmeId}|${day}`,
  nudge: (openId: string, day: string) => `nudge|${openId}|${day}`,
  urgent: (messageId: string) => `urgent|${messageId}`,
  urgentRefused: (noticeId: string, attempt: number) => `urgent-refused|${noticeId}|${attempt}`,
  summary: (job: string, openId: string, programmeId: string, day: string) => `${job}|${openId}|${programmeId}|${day}`,
  unreachable: (goneId: string, personId: string, at: number) => `unreachable|${goneId}|${personId}|${at}`,
  /** How it stands with a programme's Base: each matter once a day. */
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
  /** What is left to do of an import after its rows have become visible. */
  followImport: (programmeId: string, importId: string) => `follow:${programmeId}:${importId}`,
  findPeople: (programmeId: string, cause: string) => `find_people:${programmeId}:${cause}`,
  /** Who a stranger is: once for what they wrote, and once for their first look at the chat. */
  identify: (cause: string) => `identify:${cause}`,
  identifyEntered: (openId: string) => `identify:entered:${openId}`,
};

/** What a system of the bureau is told once. */
export const happeningOf = (hookId: string, event: string, key: string): string => `${hookId}|${event}|${key}`;

/** One thing that a reminder tells one person: (kind, recipient, obligation or period, stage). */
export const identityOf = (part: { kind: string; recipientId: string; key: string; stage: string }): string =>
  `${part.kind}|${part.recipientId}|${part.key}|${part.stage}`;
