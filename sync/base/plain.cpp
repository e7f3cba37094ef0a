#include "sync/base/plain.h"

#include "core/base/text.h"

namespace syncing {

namespace {

std::string lower(std::string_view text) {
  std::string all;
  for (const char c : text) all += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return all;
}

}  // namespace

bool is_this_machine(std::string_view host) {
  const std::string name = lower(host);
  return name == "localhost" || name.ends_with(".localhost") || name == "::1" ||
         (name.starts_with("127.") && name.find_first_not_of("0123456789.") == name.npos);
}

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  std::string_view rest = scheme == url.npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != rest.npos) rest.remove_prefix(at + 1);
  if (rest.starts_with('[')) return std::string(rest.substr(1, rest.find(']') - 1));
  return std::string(rest.substr(0, rest.find(':')));
}

std::optional<std::string> given_away(const core::UpstreamSettings& upstream) {
  const std::string address = lower(core::trim(upstream.address));
  // Shopify's address is never taken without https://.
  if (upstream.kind != "medusa" || !address.starts_with("http://")) return {};
  if (is_this_machine(host_of(address))) return {};
  return "With http:// everybody on the way can read the key of the shop and all its customers. "
         "Use https://.";
}

std::optional<std::string> given_away(const core::MailSettings& mail) {
  if (mail.kind != "smtp" || mail.security != "none" || is_this_machine(mail.host)) return {};
  return "Without TLS everybody on the way can read the password of the mail and what customers "
         "bought. Use STARTTLS or TLS.";
}

}  // namespace syncing
