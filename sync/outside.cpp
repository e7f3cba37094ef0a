#include "sync/outside.h"

#include "sync/base/plain.h"
#include "sync/closed.h"
#include "sync/mail/eml_folder.h"
#include "sync/mail/smtp.h"
#include "sync/upstream/folder/folder.h"
#include "sync/upstream/medusa/upstream.h"
#include "sync/upstream/shopify/shop.h"
#include "sync/upstream/shopify/upstream.h"

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

std::unique_ptr<HttpClient> http_to(const core::UpstreamSettings& upstream, Transfers& transfers) {
  HttpSettings settings;
  settings.authority = upstream.authority;
  settings.proxy = upstream.proxy;
  return std::make_unique<CurlHttp>(transfers, settings);
}

std::string without_slash(std::string address) {
  while (address.ends_with('/')) address.pop_back();
  return address;
}

// A platform is told of one order by several requests: a few orders at a time.
void use_platform(RunnerParts& parts, const core::UpstreamSettings& upstream) {
  parts.habits.push_batch = 8;
  parts.habits.pull_every = std::chrono::seconds{upstream.poll_seconds};
}

const core::Clock& system_clock() {
  static const core::SystemClock clock;
  return clock;
}

bool leaves_receipts_to_platform(const core::Settings& settings) {
  return settings.mails.receipt == "platform";
}

std::unique_ptr<Upstream> shopify_of(Transfers& transfers, const Outside& outside) {
  const core::UpstreamSettings& upstream = outside.settings.upstream;
  ShopifySettings settings;
  settings.location = upstream.location;
  settings.mails_receipts = leaves_receipts_to_platform(outside.settings);
  settings.access.token = outside.upstream_key;
  const auto url = shopify::api_url(upstream.address, !upstream.authority.empty());
  (url ? settings.access.url : settings.trouble) = url ? *url : url.error();
  if (url && outside.upstream_key.empty()) {
    settings.trouble = "The access token of the Shopify app is missing: [upstream] key.";
  }
  return std::make_unique<Shopify>(http_to(upstream, transfers), std::move(settings),
                                   system_clock());
}

}  // namespace

RunnerParts runner_parts(const Outside& outside, MailBody mail_body) {
  RunnerParts parts;
  const core::Settings& settings = outside.settings;
  parts.upstream_kind = settings.upstream.kind;
  const auto read_by_all = given_away(settings.upstream);
  const auto mail_read_by_all = given_away(settings.mail);
  if (read_by_all && settings.upstream.plain != "allow") {
    parts.upstream = std::make_unique<ClosedUpstream>(*read_by_all);
  } else if (settings.upstream.kind == "folder") {
    parts.upstream = std::make_unique<Folder>(outside.folder / "upstream");
  } else if (settings.upstream.kind == "medusa") {
    use_platform(parts, settings.upstream);
    parts.upstream = std::make_unique<Medusa>(
        http_to(settings.upstream, *parts.transfers),
        medusa::Api{without_slash(settings.upstream.address), outside.upstream_key},
        medusa::Introduction::Wanted{settings.upstream.region, settings.upstream.channel,
                                     settings.upstream.location, settings.upstream.misc_sku,
                                     leaves_receipts_to_platform(settings)});
  } else if (settings.upstream.kind == "shopify") {
    use_platform(parts, settings.upstream);
    parts.upstream = shopify_of(*parts.transfers, outside);
  }
  if (settings.mail.kind == "folder") {
    parts.mailer = std::make_unique<EmlFolder>(outside.folder / "mail");
  } else if (mail_read_by_all && settings.mail.plain != "allow") {
    parts.mailer = std::make_unique<ClosedMailer>(*mail_read_by_all);
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
