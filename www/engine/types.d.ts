// Generated from the engine’s types: `UPDATE=1 cargo test generated` writes it anew.

/**
 * What can be told of a member. Core facts come first, in the order in which they are asked.
 */
export type Fact = "enrolledOn" | "card" | "smartphone" | "asOf" | "role" | "endedOn" | "needsAssistance" | "portalLogin" | "myNumberOnFile" | "oldCard" | "notice" | "noticeMismatch" | "nameChanged" | "ratioChanged" | "certificate" | "certificateExpiresOn" | "cardCertificateExpiresOn" | "bornOn" | "overseas";

/**
 * State of the マイナンバーカード.
 */
export type Card = "registered" | "unregistered" | "none" | "lost" | "damaged" | "renewing" | "certificate-expired" | "expired" | "returned" | "deregistered";

/**
 * In which capacity the question is asked.
 */
export type Role = "insured" | "dependent" | "voluntary" | "employer";

/**
 * The 健康保険証 of old.
 */
export type OldCard = "held" | "lost" | "never-issued";

/**
 * The 資格情報のお知らせ.
 */
export type Notice = "held" | "not-received" | "lost" | "damaged" | "undistributed";

/**
 * The 資格確認書.
 */
export type Certificate = "none" | "held" | "lost" | "damaged";

/**
 * The facts about one person on one day.
 *
 * A core fact (`enrolled_on`, `card`, `smartphone`) that is `None` is *unknown*: only what holds for every possible
 * answer is said. A circumstance that is `None` is *unstated*: its default holds, or, where it has none, unstated is
 * a value of its own.
 */
export type Facts = { 
/**
 * The day the guidance is for; callers may leave it out for today in Japan.
 */
asOf?: string, 
/**
 * 資格取得年月日 or 認定日; may lie ahead.
 */
enrolledOn?: string, 
/**
 * State of the マイナンバーカード.
 */
card?: Card, 
/**
 * Whether the member has a smartphone.
 */
smartphone?: boolean, 
/**
 * In which capacity the question is asked; [`Role::Insured`] unless told.
 */
role?: Role, 
/**
 * The first day without cover; still covered unless told.
 */
endedOn?: string, 
/**
 * Needs a helper at the counter, or somebody keeps the card; no unless told.
 */
needsAssistance?: boolean, 
/**
 * Can open Mynaportal; where unstated, no for a card that rules it out.
 */
portalLogin?: boolean, 
/**
 * The insurer holds the My Number.
 */
myNumberOnFile?: boolean, 
/**
 * The 健康保険証 of old; by default held if enrolled by 2024-12-01, else never issued.
 */
oldCard?: OldCard, 
/**
 * The 資格情報のお知らせ.
 */
notice?: Notice, 
/**
 * The notice shows wrong data or digits; no unless told.
 */
noticeMismatch?: boolean, 
/**
 * The name changed; no unless told.
 */
nameChanged?: boolean, 
/**
 * 70 or over, and the 負担割合 changed; no unless told.
 */
ratioChanged?: boolean, 
/**
 * The 資格確認書; none unless told.
 */
certificate?: Certificate, 
/**
 * The last day the 資格確認書 is valid.
 */
certificateExpiresOn?: string, 
/**
 * The last day the 電子証明書 is valid.
 */
cardCertificateExpiresOn?: string, 
/**
 * Day of birth.
 */
bornOn?: string, 
/**
 * Posted abroad; no unless told.
 */
overseas?: boolean, };

/**
 * Everything that can be said of a member on a day.
 */
export type Assessment = { 
/**
 * The insurer's id.
 */
insurer: string, 
/**
 * The day the guidance is for.
 */
asOf: string, 
/**
 * What holds for every possible answer to what is unknown, by section, most urgent first.
 */
guidance: Array<Item>, 
/**
 * Whom to call.
 */
contacts: Array<ContactLine>, 
/**
 * The next fact worth asking about.
 */
question: Question | null, 
/**
 * The days ahead on which the guidance changes if nothing else does.
 */
changes: Array<Change>, 
/**
 * What would make it simpler.
 */
alternatives: Array<Alternative>, 
/**
 * Why this may be fit to be used only with care.
 */
warnings: Array<Warning>, };

/**
 * One piece of guidance.
 */
export type Item = { 
/**
 * What is said.
 */
id: Guidance, 
/**
 * Where it stands.
 */
section: Section, 
/**
 * Whose word it is.
 */
layer: Layer, 
/**
 * Its arguments.
 */
args: Partial<Record<Argument, ArgumentValue>>, 
/**
 * The last day to do it, or for it to arrive.
 */
by: string | null, 
/**
 * The smallest set of facts that puts it here.
 */
because: Array<Fact>, 
/**
 * The statements it rests on.
 */
sources: Array<string>, };

/**
 * A piece of guidance by its id, most urgent first within its section. What each means is told to members in
 * `www/locales/`.
 */
export type Guidance = "no-valid-proof" | "show-mynumber-card" | "show-old-card" | "show-certificate" | "add-elderly-certificate" | "show-portal-with-card" | "show-notice-with-card" | "declare-at-counter" | "report-card-loss" | "apply-certificate" | "request-certificate-at-enrolment" | "apply-certificate-reissue" | "renew-card-certificate" | "register-card" | "get-card" | "check-portal" | "download-portal-pdf" | "return-certificate" | "return-old-card" | "collect-old-card" | "distribute-unopened" | "forward-family-notice" | "hand-over-notice" | "return-undistributed-notice" | "request-return-pack" | "inform-staff" | "report-mismatch" | "check-last4" | "check-notice-data" | "view-web-notice" | "print-web-notice" | "hand-notices-to-family" | "apply-notice-reissue" | "file-name-change" | "write-address" | "switch-within-validity" | "carry-cutout" | "keep-notice" | "discard-old-card" | "discard-certificate" | "discard-notice" | "await-certificate" | "await-application" | "await-reissue-form" | "await-reissue-rules" | "await-notice" | "await-announcement" | "moves-at-75" | "notice-not-usable-alone" | "notice-is-not-certificate" | "old-card-expired" | "old-card-not-issued" | "old-card-ends-with-cover" | "certificate-expired" | "card-grace-period" | "register-again" | "certificate-ex-officio" | "certificate-for-new-member" | "certificate-not-before" | "certificate-route" | "certificate-validity" | "limit-certificate" | "misuse-is-punishable" | "elderly-certificate-not-yet" | "elderly-certificate-on-ratio-change" | "ratio-only-from-70" | "recheck-at-expiry" | "no-notice-reissue" | "former-name-notice-valid" | "paper-notice-not-needed" | "in-notice-batch" | "not-in-notice-batch" | "notice-without-last4" | "one-envelope-per-household" | "no-notice-return" | "notice-void-after-end" | "no-old-card-collection" | "no-notice-collection" | "number-for-claims" | "smartphone-as-card" | "deregistration-takes-effect" | "infant-card" | "contradictory-source" | "ask-insurer" | "call-mynumber-line" | "watch-website";

/**
 * Where on the answer sheet a piece of guidance stands.
 */
export type Section = "show" | "do" | "wait" | "know" | "ask";

/**
 * Whose word a piece of guidance is.
 */
export type Layer = "national" | "insurer";

/**
 * The name of an argument.
 */
export type Argument = "about" | "by" | "date" | "expected" | "form" | "from" | "on" | "route" | "to" | "until" | "withinDays";

/**
 * The value of an argument.
 */
export type ArgumentValue = string | number | string;

/**
 * A telephone line.
 */
export type ContactLine = { 
/**
 * Its key in the rules file.
 */
id: string, 
/**
 * The number; not to be shown while the line is closed.
 */
phone: string, 
/**
 * Whether the line is in its period; the hour is not judged.
 */
open: boolean, };

/**
 * The next fact worth asking about.
 */
export type Question = { 
/**
 * The fact.
 */
fact: Fact, 
/**
 * How it is answered.
 */
kind: Kind, 
/**
 * The possible answers; none for a date.
 */
options: Array<string>, };

/**
 * How a question is answered.
 */
export type Kind = "choice" | "date";

/**
 * A day ahead on which guidance starts or ends.
 */
export type Change = { 
/**
 * The day.
 */
on: string, 
/**
 * What is said from that day on.
 */
starts: Array<Guidance>, 
/**
 * What is no longer said from that day on.
 */
ends: Array<Guidance>, };

/**
 * One or two answers that the member can change, and what that would make simpler.
 */
export type Alternative = { 
/**
 * The answers that would be other ones.
 */
changes: Array<Answer>, 
/**
 * What the member does to get there.
 */
through: Array<Guidance>, 
/**
 * What would be said then.
 */
starts: Array<Guidance>, 
/**
 * What would no longer be said.
 */
ends: Array<Guidance>, };

/**
 * An answer.
 */
export type Answer = { 
/**
 * The fact.
 */
fact: Fact, 
/**
 * Its value.
 */
to: Value, };

/**
 * The value of a fact.
 */
export type Value = string | string | boolean;

/**
 * A reason for care.
 */
export type Warning = { 
/**
 * Which.
 */
id: WarningId, 
/**
 * The day behind it, by name.
 */
args: Partial<Record<string, string>>, };

/**
 * Something about which the answer may be fit to be used only with care.
 */
export type WarningId = "source-may-be-outdated" | "clock-suspect" | "rules-expired";

/**
 * Why an input was not answered: what kind of mistake, where, and what to do about it.
 */
export type Error = { kind: ErrorKind, 
/**
 * The fact concerned, by its key.
 */
fact?: string, 
/**
 * The fact that it does not fit.
 */
other?: Fact, 
/**
 * What was given for it.
 */
value?: string, 
/**
 * In words, for whoever calls the engine; pages word it for members.
 */
message: string, 
/**
 * The day that a date in the wrong era must mean, to be asked back.
 */
means?: string, };

/**
 * The closed list of things that can be wrong.
 */
export type ErrorKind = "unknown-fact" | "invalid-value" | "invalid-date" | "inconsistent" | "unknown-insurer" | "invalid-profile";
