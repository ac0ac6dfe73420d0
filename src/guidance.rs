//! What a member can be told: the closed list of guidance, its sections and arguments.

use crate::vocabulary::words;

words! {
    /// Where on the answer sheet a piece of guidance stands.
    pub enum Section {
        /// What to hand over at the counter.
        Show = "show",
        /// What to do.
        Do = "do",
        /// What will come.
        Wait = "wait",
        /// What to know.
        Know = "know",
        /// Whom to ask.
        Ask = "ask",
    }
}

words! {
    /// A piece of guidance by its id, most urgent first within its section. What each means is told to members in
    /// `www/locales/`.
    pub enum Guidance {
        /// Covered, but holds nothing valid: contact the insurer or employer before the visit.
        NoValidProof = "no-valid-proof",
        /// Use the registered card.
        ShowMynumberCard = "show-mynumber-card",
        /// Keep using the 健康保険証 of old.
        ShowOldCard = "show-old-card",
        /// Show the 資格確認書.
        ShowCertificate = "show-certificate",
        /// Show the 高齢受給者証 with it.
        AddElderlyCertificate = "add-elderly-certificate",
        /// Reader fails or is absent: the Mynaportal screen or saved PDF with the card.
        ShowPortalWithCard = "show-portal-with-card",
        /// Reader fails or is absent: the paper notice with the card.
        ShowNoticeWithCard = "show-notice-with-card",
        /// Last resort: a written statement at the counter.
        DeclareAtCounter = "declare-at-counter",

        /// Have the lost card suspended.
        ReportCardLoss = "report-card-loss",
        /// Apply for the 資格確認書.
        ApplyCertificate = "apply-certificate",
        /// Tick the box on 資格取得届 or 被扶養者異動届.
        RequestCertificateAtEnrolment = "request-certificate-at-enrolment",
        /// Apply for a lost or damaged 資格確認書 again.
        ApplyCertificateReissue = "apply-certificate-reissue",
        /// Renew the 電子証明書.
        RenewCardCertificate = "renew-card-certificate",
        /// Register the card for insurance use.
        RegisterCard = "register-card",
        /// Obtain the My Number card.
        GetCard = "get-card",
        /// Look at one's data in Mynaportal.
        CheckPortal = "check-portal",
        /// Save the eligibility data from Mynaportal.
        DownloadPortalPdf = "download-portal-pdf",
        /// Give the 資格確認書 back.
        ReturnCertificate = "return-certificate",
        /// Give the old card back.
        ReturnOldCard = "return-old-card",
        /// Workplace: collect the old card and send it in.
        CollectOldCard = "collect-old-card",
        /// Workplace: hand the envelopes out unopened.
        DistributeUnopened = "distribute-unopened",
        /// Workplace: hand it to the family of a member posted abroad.
        ForwardFamilyNotice = "forward-family-notice",
        /// Workplace: hand the notice over.
        HandOverNotice = "hand-over-notice",
        /// Workplace: send back what was not handed out.
        ReturnUndistributedNotice = "return-undistributed-notice",
        /// Workplace: ask for the return pack.
        RequestReturnPack = "request-return-pack",
        /// Workplace: tell the staff.
        InformStaff = "inform-staff",
        /// Report what is wrong on the notice.
        ReportMismatch = "report-mismatch",
        /// Compare the last four digits.
        CheckLast4 = "check-last4",
        /// Compare the data on the notice.
        CheckNoticeData = "check-notice-data",
        /// Look at the notice on the web.
        ViewWebNotice = "view-web-notice",
        /// Print the notice from the web.
        PrintWebNotice = "print-web-notice",
        /// Hand the family their notices.
        HandNoticesToFamily = "hand-notices-to-family",
        /// Apply for the notice again.
        ApplyNoticeReissue = "apply-notice-reissue",
        /// File the change of name.
        FileNameChange = "file-name-change",
        /// Write the address on the 資格確認書.
        WriteAddress = "write-address",
        /// Change to マイナ保険証 while the 資格確認書 is valid.
        SwitchWithinValidity = "switch-within-validity",
        /// Carry the cut-off part with the card.
        CarryCutout = "carry-cutout",
        /// Keep the notice.
        KeepNotice = "keep-notice",
        /// Destroy the old card.
        DiscardOldCard = "discard-old-card",
        /// Destroy the expired 資格確認書.
        DiscardCertificate = "discard-certificate",
        /// Destroy the notice.
        DiscardNotice = "discard-notice",

        /// The 資格確認書 will come.
        AwaitCertificate = "await-certificate",
        /// Applications are not taken yet.
        AwaitApplication = "await-application",
        /// The form for a new notice is still to come.
        AwaitReissueForm = "await-reissue-form",
        /// The rules for a new notice are still to come.
        AwaitReissueRules = "await-reissue-rules",
        /// The notice will come.
        AwaitNotice = "await-notice",
        /// Something is still to be announced.
        AwaitAnnouncement = "await-announcement",

        /// From 75 on another scheme covers the member.
        MovesAt75 = "moves-at-75",
        /// The notice alone gives no insured care.
        NoticeNotUsableAlone = "notice-not-usable-alone",
        /// The notice is not a 資格確認書.
        NoticeIsNotCertificate = "notice-is-not-certificate",
        /// The old card is void.
        OldCardExpired = "old-card-expired",
        /// No 健康保険証 is issued any more.
        OldCardNotIssued = "old-card-not-issued",
        /// The old card ends with the cover.
        OldCardEndsWithCover = "old-card-ends-with-cover",
        /// The 資格確認書 has run out.
        CertificateExpired = "certificate-expired",
        /// The expired card or 電子証明書 still works for a while.
        CardGracePeriod = "card-grace-period",
        /// Renew, then register anew.
        RegisterAgain = "register-again",
        /// A 資格確認書 comes without application.
        CertificateExOfficio = "certificate-ex-officio",
        /// New members without マイナ保険証 get a 資格確認書.
        CertificateForNewMember = "certificate-for-new-member",
        /// No 資格確認書 before a certain day.
        CertificateNotBefore = "certificate-not-before",
        /// How the 資格確認書 reaches the member.
        CertificateRoute = "certificate-route",
        /// How long a 資格確認書 is valid.
        CertificateValidity = "certificate-validity",
        /// 限度額適用認定証.
        LimitCertificate = "limit-certificate",
        /// Using another's 資格確認書 is punished.
        MisuseIsPunishable = "misuse-is-punishable",
        /// From when the 高齢受給者証 is needed too.
        ElderlyCertificateNotYet = "elderly-certificate-not-yet",
        /// A 高齢受給者証 comes whenever the ratio changes.
        ElderlyCertificateOnRatioChange = "elderly-certificate-on-ratio-change",
        /// The ratio is printed only from 70 on.
        RatioOnlyFrom70 = "ratio-only-from-70",
        /// 70 and over: look again when the shown day is reached.
        RecheckAtExpiry = "recheck-at-expiry",
        /// No new notice is issued.
        NoNoticeReissue = "no-notice-reissue",
        /// The notice in the former name stays good.
        FormerNameNoticeValid = "former-name-notice-valid",
        /// The paper notice need not be carried.
        PaperNoticeNotNeeded = "paper-notice-not-needed",
        /// In the one-off mailing.
        InNoticeBatch = "in-notice-batch",
        /// Not in the one-off mailing.
        NotInNoticeBatch = "not-in-notice-batch",
        /// The notice comes without the last four digits.
        NoticeWithoutLast4 = "notice-without-last4",
        /// The family's notices come in one envelope.
        OneEnvelopePerHousehold = "one-envelope-per-household",
        /// The notice need not be given back.
        NoNoticeReturn = "no-notice-return",
        /// The notice is void after the cover.
        NoticeVoidAfterEnd = "notice-void-after-end",
        /// Workplace: old cards are not collected.
        NoOldCardCollection = "no-old-card-collection",
        /// Workplace: notices are not collected.
        NoNoticeCollection = "no-notice-collection",
        /// Symbol and number are needed for claims.
        NumberForClaims = "number-for-claims",
        /// The smartphone can serve as the card.
        SmartphoneAsCard = "smartphone-as-card",
        /// When a deregistration takes effect.
        DeregistrationTakesEffect = "deregistration-takes-effect",
        /// A small child's card.
        InfantCard = "infant-card",
        /// The insurer's texts conflict.
        ContradictorySource = "contradictory-source",

        /// Ask the insurer.
        AskInsurer = "ask-insurer",
        /// Ask the My Number line.
        CallMynumberLine = "call-mynumber-line",
        /// Look at the insurer's website.
        WatchWebsite = "watch-website",
    }
}

/// Some guidance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GuidanceSet([u32; Guidance::ALL.len().div_ceil(32)]);

impl GuidanceSet {
    /// Whether it has this.
    #[must_use]
    pub fn contains(&self, guidance: Guidance) -> bool {
        self.0.get(guidance as usize / 32).is_some_and(|word| word >> (guidance as u32 % 32) & 1 == 1)
    }

    /// The guidance in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = Guidance> {
        Guidance::ALL.iter().copied().filter(|guidance| self.contains(*guidance))
    }

    /// One bit for each of [`Guidance::ALL`], lowest first.
    #[must_use]
    pub fn words(&self) -> &[u32] {
        &self.0
    }

    /// The same bits, to be set.
    pub(crate) fn words_mut(&mut self) -> &mut [u32] {
        &mut self.0
    }
}

impl Extend<Guidance> for GuidanceSet {
    fn extend<I: IntoIterator<Item = Guidance>>(&mut self, more: I) {
        for guidance in more {
            if let Some(word) = self.0.get_mut(guidance as usize / 32) {
                *word |= 1 << (guidance as u32 % 32);
            }
        }
    }
}

impl FromIterator<Guidance> for GuidanceSet {
    fn from_iter<I: IntoIterator<Item = Guidance>>(all: I) -> GuidanceSet {
        let mut set = GuidanceSet::default();
        set.extend(all);
        set
    }
}

impl Guidance {
    /// The section it stands in.
    #[must_use]
    pub fn section(self) -> Section {
        match self {
            _ if self <= Guidance::DeclareAtCounter => Section::Show,
            _ if self <= Guidance::DiscardNotice => Section::Do,
            _ if self <= Guidance::AwaitAnnouncement => Section::Wait,
            _ if self <= Guidance::ContradictorySource => Section::Know,
            _ => Section::Ask,
        }
    }

    /// The arguments it may carry.
    #[must_use]
    pub fn arguments(self) -> &'static [Argument] {
        use Argument::{About, By, Date, Expected, Form, From, On, Route, To, Until, WithinDays};
        match self {
            Guidance::ShowOldCard | Guidance::CardGracePeriod => &[Until],
            Guidance::ApplyNoticeReissue => &[Form, From],
            Guidance::ReturnCertificate => &[To, WithinDays],
            Guidance::FileNameChange | Guidance::ReturnOldCard | Guidance::CertificateRoute => &[To],
            Guidance::ApplyCertificateReissue => &[Form, To],
            Guidance::AwaitNotice => &[Expected, Route],
            Guidance::AwaitApplication | Guidance::ElderlyCertificateNotYet => &[From],
            Guidance::AwaitCertificate => &[By, Route],
            Guidance::CertificateNotBefore => &[Date],
            Guidance::DeregistrationTakesEffect | Guidance::MovesAt75 => &[On],
            Guidance::AwaitAnnouncement | Guidance::ContradictorySource | Guidance::AskInsurer => &[About],
            _ => &[],
        }
    }
}

words! {
    /// The name of an argument.
    pub enum Argument {
        /// A [`Topic`](crate::Topic).
        About = "about",
        /// The last day for something to arrive.
        By = "by",
        /// A day.
        Date = "date",
        /// When something is expected: a day, or a month as `YYYY-MM`.
        Expected = "expected",
        /// A form, by its key among the insurer's forms.
        Form = "form",
        /// The first day.
        From = "from",
        /// The day something happens.
        On = "on",
        /// By which way something comes: `mail`, `web`, `employer` or `direct`.
        Route = "route",
        /// To whom something goes: `employer`, `insurer` or `direct`.
        To = "to",
        /// The last day.
        Until = "until",
        /// A number of days.
        WithinDays = "withinDays",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_follow_the_contract() {
        assert_eq!(Guidance::DeclareAtCounter.section(), Section::Show);
        assert_eq!(Guidance::ReportCardLoss.section(), Section::Do);
        assert_eq!(Guidance::DiscardNotice.section(), Section::Do);
        assert_eq!(Guidance::AwaitCertificate.section(), Section::Wait);
        assert_eq!(Guidance::AwaitAnnouncement.section(), Section::Wait);
        assert_eq!(Guidance::MovesAt75.section(), Section::Know);
        assert_eq!(Guidance::ContradictorySource.section(), Section::Know);
        assert_eq!(Guidance::AskInsurer.section(), Section::Ask);
        assert_eq!(Guidance::WatchWebsite.section(), Section::Ask);
    }
}
