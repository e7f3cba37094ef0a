#include "pos/runtime/mail_trial.h"

#include "core/base/text.h"

namespace pos {

namespace {

constexpr std::chrono::seconds longest_mail_trial{70};

syncing::MailContent trial_mail(const core::ShopSettings& shop, const Words& words) {
  syncing::MailContent mail;
  mail.from_name = shop.name;
  mail.subject = words.fill("Test mail of {}", {shop.name});
  mail.text = words("If you read this, the till can send mails.");
  mail.html = "<p>" + mail.text + "</p>";
  return mail;
}

}  // namespace

MailTrial::MailTrial(syncing::Outside outside, const std::string& to, const Words& words,
                     core::Instant now)
    : until_(now + longest_mail_trial) {
  outside.settings.upstream.kind = "none";
  parts_ = syncing::runner_parts(outside, {});
  if (!parts_.mailer) {
    trouble_ = "Mail is not set up.";
    return;
  }
  const std::string address(core::trim(to));
  if (!core::is_email(address)) {
    trouble_ = "This is not an e-mail address.";
    return;
  }
  const core::Uuid key = core::IdSource().next(now);
  auto bytes = syncing::message({parts_.mail_from, address, now, key},
                                trial_mail(outside.settings.shop, words));
  if (!bytes) {
    trouble_ = bytes.error();
    return;
  }
  parts_.mailer->begin({1, key, parts_.mail_from, address, std::move(*bytes)});
}

std::optional<MailTrialAnswer> MailTrial::look(core::Instant now) {
  if (!trouble_.empty()) return MailTrialAnswer{false, trouble_};
  parts_.transfers->perform();
  for (const syncing::RowAnswer& row : parts_.mailer->answers()) {
    return MailTrialAnswer{row.answer.fate == core::OutboxFate::done, row.answer.reason};
  }
  if (now > until_) return MailTrialAnswer{false, "The mail server does not answer."};
  return {};
}

}  // namespace pos
