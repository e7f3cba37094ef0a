#include "drivers/signing/software/software_device.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "core/base/base64.h"
#include "core/base/text.h"

namespace drivers {

namespace {

constexpr std::size_t longest_client = 30;
constexpr std::size_t longest_type = 100;
constexpr std::size_t longest_data = 64 * 1024;  // as with the devices that a shop buys
constexpr std::int64_t signatures_in_all = 20'000'000;
constexpr auto certificate_lasts = std::chrono::hours{24 * 365 * 8};
constexpr const char* maker_name = "Tresen TEST";

tl::unexpected<SigningFailure> failing(SigningFault fault, std::string says,
                                       std::string detail = {}) {
  return tl::unexpected(SigningFailure{fault, std::move(says), std::move(detail)});
}

constexpr const char* unwritable =
    "The test signing device cannot write to its folder. Is the disk full?";

tl::unexpected<SigningFailure> failing(BookTrouble trouble) {
  switch (trouble) {
    case BookTrouble::in_use:
      return failing(SigningFault::busy, "Another program uses the test signing device.");
    case BookTrouble::damaged:
      return failing(SigningFault::worn_out, "The logs of the test signing device are damaged.");
    case BookTrouble::unwritable:
      break;
  }
  return failing(SigningFault::unreachable, unwritable);
}

// PrintableString (X.680 section 41.4).
bool is_client(std::string_view text) {
  constexpr std::string_view signs = " '()+,-./:=?";
  const auto is_letter = [&](char c) {
    return core::is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           signs.find(c) != signs.npos;
  };
  return !text.empty() && text.size() <= longest_client &&
         std::all_of(text.begin(), text.end(), is_letter);
}

LogMessage message_of(const SigningStep& step) {
  LogMessage message;
  const bool is_start = step.verb == SigningVerb::start;
  message.operation = is_start ? "StartTransaction" : "FinishTransaction";
  message.client = step.client;
  if (is_start) {
    message.external = step.id;  // the name of the transaction, and not of its end: a QR has none
  } else {
    message.transaction = step.transaction;
    message.process_type = step.process_type;
    message.process_data = step.process_data;
  }
  return message;
}

bool is_of_step(const LogMessage& message, const SigningStep& step) {
  if (message.kind != LogKind::transaction || message.client != step.client) return false;
  if (step.verb == SigningVerb::start) {
    return message.operation == "StartTransaction" && message.external == step.id;
  }
  return message.operation == "FinishTransaction" && message.transaction == step.transaction;
}

Signature signature_of(const SignedLog& log) {
  return {log.message.transaction, log.message.counter, log.message.time, log.signature,
          core::to_hex(log.message.serial)};
}

bool falls_within(const LogMessage& message, const ArchiveSpan& span) {
  if (span.from && message.time < *span.from) return false;
  if (span.to && message.time > *span.to) return false;
  if (!span.first_transaction && !span.last_transaction) return true;
  return message.kind == LogKind::transaction &&
         message.transaction >= span.first_transaction.value_or(0) &&
         message.transaction <= span.last_transaction.value_or(INT64_MAX);
}

bool is_everything(const ArchiveSpan& span) {
  return !span.from && !span.to && !span.first_transaction && !span.last_transaction;
}

}  // namespace

SoftwareDevice::SoftwareDevice(std::filesystem::path folder, const core::Clock& clock, Curve curve)
    : folder_(std::move(folder)), clock_(clock), curve_(curve) {}

Signing<core::Done> SoftwareDevice::load() {
  std::ifstream stream(folder_ / "device.pem", std::ios::binary);
  const std::string pem{std::istreambuf_iterator<char>(stream), {}};
  if (pem.empty()) {
    return failing(SigningFault::needs_person, "The test signing device is not set up yet.");
  }
  auto key = PrivateKey::from_pem(pem);
  const Certificates papers = certificates_from(pem);
  if (!key || papers.known.empty()) return failing(BookTrouble::damaged);
  auto book = LogBook::open(folder_ / "logs.tar");
  if (!book) return failing(book.error());
  device_.emplace(
      Device{std::move(*key), papers.known[0].der, papers.known[0].end, std::move(*book)});
  return core::Done{};
}

Signing<SoftwareDevice::Device*> SoftwareDevice::device() {
  if (!device_) {
    if (const auto loaded = load(); !loaded) return tl::unexpected(loaded.error());
  }
  return &*device_;
}

Signing<core::Done> SoftwareDevice::set_up(const SigningSetup& setup, core::Instant now) {
  std::error_code fault;
  std::filesystem::create_directories(folder_, fault);
  if (fault) return failing(SigningFault::unreachable, unwritable, fault.message());
  if (!std::filesystem::exists(folder_ / "device.pem", fault)) {
    // A book without its key is no new device: what lies in it could no longer be continued.
    if (std::filesystem::exists(folder_ / "logs.tar", fault)) return failing(BookTrouble::damaged);
    const PrivateKey key = PrivateKey::generate(curve_);
    const std::string name = core::to_hex(key.public_key().serial());
    const std::string certificate =
        key.certificate({name, maker_name, now, now + certificate_lasts});
    if (!write_whole(folder_ / "device.pem", key.to_pem() + to_pem(certificate))) {
      return failing(BookTrouble::unwritable);
    }
  }
  return prepare(setup.client, now);
}

Signing<core::Done> SoftwareDevice::register_with(Device& device, const std::string& client) {
  if (device.book.clients().count(client) != 0) return core::Done{};
  LogMessage message;
  message.kind = LogKind::system;
  message.operation = register_client;
  message.data = client;
  const auto done = sign(device, std::move(message));
  if (!done) return tl::unexpected(done.error());
  return core::Done{};
}

Signing<core::Done> SoftwareDevice::prepare(const std::string& client, core::Instant) {
  if (!is_client(client)) {
    return failing(SigningFault::refused,
                   "The till's serial number has letters that a signing device does not take.");
  }
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  return register_with(**found, client);
}

Signing<Signature> SoftwareDevice::sign(Device& device, LogMessage message) {
  if (clock_.now() > device.certificate_end) {
    return failing(SigningFault::worn_out, "The certificate of the signing device has ended.");
  }
  if (device.book.counter() >= signatures_in_all) {
    return failing(SigningFault::worn_out, "The signatures of the signing device are used up.");
  }
  const PublicKey key = device.key.public_key();
  message.serial = key.serial();
  message.algorithm = algorithm_named(fmt::format("ecdsa-plain-SHA{}", device.key.hash_bits()));
  message.counter = device.book.counter() + 1;
  // The time of a device only goes on, whatever becomes of the clock.
  message.time = std::max(core::Instant{std::chrono::floor<std::chrono::seconds>(clock_.now())},
                          device.book.last_time());
  const std::string bytes = bytes_to_sign(message);
  const SignedLog log{std::move(message), bytes, device.key.sign(bytes)};
  if (!device.book.add(log)) {
    // Whether it got there is seen when the book is read again.
    device_.reset();
    return failing(SigningFault::lost, unwritable);
  }
  return signature_of(log);
}

Signing<Signature> SoftwareDevice::start(const SigningStep& step) {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  if ((*found)->book.clients().count(step.client) == 0) {
    return failing(SigningFault::needs_person, "The signing device does not know this till.");
  }
  LogMessage message = message_of(step);
  message.transaction = (*found)->book.last_transaction() + 1;
  return sign(**found, std::move(message));
}

Signing<Signature> SoftwareDevice::finish(const SigningStep& step) {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  const auto& open = (*found)->book.open_transactions();
  const auto begun = open.find(step.transaction);
  if (begun == open.end() || begun->second.client != step.client) {
    return failing(SigningFault::refused, "The signing device has no such open transaction.");
  }
  if (step.process_type.size() > longest_type || step.process_data.size() > longest_data) {
    return failing(SigningFault::refused, "This is longer than what a signing device takes.");
  }
  return sign(**found, message_of(step));
}

Signing<Recovered> SoftwareDevice::recover(const SigningStep& step) {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  Recovered answer = NotSigned{};
  const bool was_read = (*found)->book.each([&](const TarMember&, const SignedLog& log) {
    if (is_of_step(log.message, step)) answer = signature_of(log);
    return true;
  });
  if (!was_read) return failing(BookTrouble::damaged);
  return answer;
}

Signing<std::vector<OpenTransaction>> SoftwareDevice::open(const std::string& client) {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  std::vector<OpenTransaction> open;
  for (const auto& [number, begun] : (*found)->book.open_transactions()) {
    if (begun.client == client) open.push_back({number, begun.id});
  }
  return open;
}

Signing<SigningStatus> SoftwareDevice::status() {
  SigningStatus status;
  status.maker = maker_name;
  status.version = TRESEN_VERSION;
  status.is_test = true;
  status.clock = clock_.now();
  const auto found = device();
  if (!found && found.error().fault == SigningFault::needs_person) return status;
  if (!found) return tl::unexpected(found.error());
  const Device& device = **found;
  const PublicKey key = device.key.public_key();
  status.state = clock_.now() > device.certificate_end || device.book.counter() >= signatures_in_all
                     ? SigningState::worn_out
                     : SigningState::ready;
  status.serial = core::to_hex(key.serial());
  status.public_key = key.point();
  status.algorithm = fmt::format("ecdsa-plain-SHA{}", device.key.hash_bits());
  status.time_format = word(LogTime::unix_time);
  status.certificate_end = device.certificate_end;
  status.signatures_made = device.book.counter();
  status.signatures_left = signatures_in_all - device.book.counter();
  status.bytes_used = device.book.bytes();
  status.open_transactions = static_cast<std::int64_t>(device.book.open_transactions().size());
  status.clients.assign(device.book.clients().begin(), device.book.clients().end());
  return status;
}

Signing<core::Done> SoftwareDevice::archive(const ArchiveSpan& span, const ArchiveSink& sink) {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  const Device& device = **found;
  is_stopping_ = false;
  const std::int64_t up_to = device.book.counter();
  const std::string information = fmt::format(
      "\"description:\",\"{}: no certified device\",\"manufacturer:\",\"Tresen\",\"version:\","
      "\"{}\"\n",
      maker_name, TRESEN_VERSION);
  const core::Instant now = device.book.last_time();
  bool is_taken = sink(tar_member("info.csv", information, now));
  const bool was_read = device.book.each([&](const TarMember& member, const SignedLog& log) {
    if (falls_within(log.message, span)) {
      is_taken = is_taken && sink(tar_member(member.name, member.bytes, log.message.time));
    }
    return is_taken && !is_stopping_;
  });
  if (!was_read) return failing(BookTrouble::damaged);
  if (is_stopping_) {
    return failing(SigningFault::busy, "The export of the signing device was stopped.");
  }
  const std::string name = core::to_hex(device.key.public_key().serial()) + "_X509.der";
  is_taken = is_taken && sink(tar_member(name, device.certificate, now)) && sink(tar_end());
  if (!is_taken) {
    return failing(SigningFault::refused, "The export of the signing device cannot be written.");
  }
  if (is_everything(span)) archived_ = up_to;
  return core::Done{};
}

Signing<core::Done> SoftwareDevice::discard_archived() {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  if (archived_ == 0) {
    return failing(SigningFault::refused, "Nothing was exported that could be removed.");
  }
  LogMessage message;
  message.kind = LogKind::system;
  message.operation = forget_logs;
  message.data = (*found)->book.state();
  if (const auto written = sign(**found, std::move(message)); !written) {
    return tl::unexpected(written.error());
  }
  const std::int64_t up_to = std::exchange(archived_, 0);
  if (const auto forgotten = (*found)->book.forget(up_to); !forgotten) {
    device_.reset();
    return failing(forgotten.error());
  }
  return core::Done{};
}

Signing<std::string> SoftwareDevice::certificates() {
  const auto found = device();
  if (!found) return tl::unexpected(found.error());
  return to_pem((*found)->certificate);
}

}  // namespace drivers
