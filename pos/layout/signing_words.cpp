#include "pos/layout/signing_words.h"

#include "pos/ui/format.h"

namespace pos {

namespace {

std::string moment_of(core::Instant at, const std::string& zone, const Words& words) {
  if (at == core::Instant{}) return std::string(words("never"));
  const core::LocalTime local = core::local_time(at, zone);
  return date_text(local, words.language()) + " " + time_text(local);
}

std::string clock_words(std::int64_t seconds, const Words& words) {
  constexpr std::int64_t hour = 60 * 60, day = 24 * hour;
  if (seconds >= 2 * day) {
    return words.fill("The clocks of till and TSE are {} days apart: set the till's.",
                      {std::to_string(seconds / day)});
  }
  if (seconds >= hour) {
    return words.fill("The clocks of till and TSE are {} hour apart: set the till's.",
                      "The clocks of till and TSE are {} hours apart: set the till's.",
                      seconds / hour);
  }
  return words.fill("The clock of the TSE is off by {} second.",
                    "The clock of the TSE is off by {} seconds.", seconds);
}

}  // namespace

std::string in_words(const core::SigningWarning& warning, const Words& words) {
  const std::int64_t n = warning.number;
  switch (warning.kind) {
    case core::SigningWarningKind::certificate_over:
      return std::string(words("The certificate of the TSE has ended: a new TSE is needed."));
    case core::SigningWarningKind::certificate_ends:
      return words.fill("The certificate of the TSE ends in {} day: order a new TSE.",
                        "The certificate of the TSE ends in {} days: order a new TSE.", n);
    case core::SigningWarningKind::store_full:
      return words.fill("The TSE is {} % full: export it and let it forget what is exported.",
                        {std::to_string(n)});
    case core::SigningWarningKind::signatures_used_up:
      return words.fill("{} % of the TSE's signatures are left: order a new TSE.",
                        {std::to_string(n)});
    case core::SigningWarningKind::self_test_due:
      return std::string(words("The self-test of the TSE is due: test it before the shop opens."));
    case core::SigningWarningKind::clock_off:
      return clock_words(n, words);
    case core::SigningWarningKind::archive_old:
      if (n < 0) return std::string(words("The TSE was never exported."));
      return words.fill("The TSE was last exported {} day ago.",
                        "The TSE was last exported {} days ago.", n);
  }
  return "";
}

std::vector<Fact> device_facts(const core::SigningDeviceFacts& device, const std::string& zone,
                               const Words& words) {
  const Language language = words.language();
  std::vector<Fact> facts;
  const auto add = [&](std::string_view label, std::string value) {
    facts.push_back({std::string(label), std::move(value)});
  };
  add(words("Device"), device.maker + " " + device.version + (device.is_test ? " · TEST" : ""));
  add(words("Serial of the TSE"), device.serial);
  if (!device.certification.empty()) add(words("Certification (BSI)"), device.certification);
  add(words("Certificate ends"), moment_of(device.certificate_end, zone, words));
  std::string signatures = number_text(device.signatures_made, language);
  if (device.signatures_left) {
    signatures = words.fill("{} made, {} left",
                            {signatures, number_text(*device.signatures_left, language)});
  }
  add(words("Signatures"), std::move(signatures));
  if (device.bytes_used && device.bytes_in_all && *device.bytes_in_all > 0) {
    add(words("Room used"), std::to_string(*device.bytes_used * 100 / *device.bytes_in_all) + " %");
  }
  const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(device.ahead).count();
  add(words("Clock against the till's"), words.fill("{} s", {std::to_string(ahead)}));
  if (device.self_test_due) {
    add(words("Next self-test"), moment_of(*device.self_test_due, zone, words));
  }
  add(words("Seen last"), moment_of(device.seen, zone, words));
  add(words("Last export"), moment_of(device.archived, zone, words));
  return facts;
}

}  // namespace pos
