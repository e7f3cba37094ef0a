#include "sync/outside.h"

#include "sync/mail/eml_folder.h"
#include "sync/mail/smtp.h"
#include "sync/upstream/folder.h"

namespace syncing {

namespace {

SmtpServer server_of(const core::MailSettings& mail, const std::string& password) {
  SmtpServer server;
  server.host = mail.host;
  server.port = mail.port;
  server.user = mail.user;
  server.password = password;
  server.authority = mail.authority;
  // Anything that is not plainly less means encrypted.
  if (mail.security == "tls") server.security = SmtpSecurity::tls;
  if (mail.security == "none") server.security = SmtpSecurity::none;
  return server;
}

}  // namespace

RunnerParts runner_parts(const Outside& outside, MailBody mail_body) {
  RunnerParts parts;
  const core::Settings& settings = outside.settings;
  if (settings.upstream.kind == "folder") {
    parts.upstream = std::make_unique<Folder>(outside.folder / "upstream");
  }
  if (settings.mail.kind == "folder") {
    parts.mailer = std::make_unique<EmlFolder>(outside.folder / "mail");
  } else if (settings.mail.kind == "smtp") {
    parts.mailer =
        std::make_unique<Smtp>(*parts.transfers, server_of(settings.mail, outside.mail_password));
  }
  parts.mail_from = settings.mail.from;
  parts.mail_body = std::move(mail_body);
  parts.seed = outside.seed;
  return parts;
}

}  // namespace syncing
