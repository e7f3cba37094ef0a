#include "drivers/signing/archive_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/base/base64.h"
#include "core/base/text.h"
#include "drivers/signing/keys.h"
#include "drivers/signing/log_message.h"

namespace drivers {

namespace {

constexpr std::size_t faults_kept = 100;
constexpr std::size_t serial_digits = 64;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

// The serial that a certificate's file is called by: "<64 hex>_X509.der".
std::optional<std::string> serial_of_name(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);
  return name.size() < serial_digits ? std::nullopt : core::from_hex(name.substr(0, serial_digits));
}

enum class MemberKind { log, certificate, other, dangerous };

MemberKind kind_of(const TarMember& member) {
  if (!is_plain_name(member.name)) return MemberKind::dangerous;
  if (!member.is_file) return MemberKind::other;
  const std::string name = lower_case(member.name);
  if (name.ends_with(".log")) return MemberKind::log;
  for (const std::string_view ending : {".der", ".crt", ".cer", ".pem"}) {
    if (name.ends_with(ending)) return MemberKind::certificate;
  }
  if (serial_of_name(name)) return MemberKind::certificate;
  return read_log(member.bytes) ? MemberKind::log : MemberKind::other;
}

class Check {
 public:
  explicit Check(std::istream& tar) : tar_(tar) {}

  ArchiveReport run() {
    each_member([&](const TarMember& member) {
      if (kind_of(member) == MemberKind::certificate) add_certificates(member);
    });
    each_member([&](const TarMember& member) { look_at(member); });
    finish();
    return std::move(report_);
  }

 private:
  // Which ends of a transaction were seen; it is forgotten once both were.
  enum Seen { begun = 1, ended = 2 };
  using Transactions = std::unordered_map<std::int64_t, int>;

  template <class Visit>
  void each_member(const Visit& visit) {
    tar_.clear();
    tar_.seekg(0);
    TarReader reader(tar_);
    TarMember member;
    auto read = reader.next(member);
    for (; read && *read; read = reader.next(member)) visit(member);
    report_.has_end_mark = reader.has_end_mark();
    fault_ = read ? std::nullopt : std::optional(read.error());
    last_name_ = member.name;
  }

  void complain(const std::string& member, std::string says) {
    ++report_.fault_count;
    if (report_.faults.size() < faults_kept) report_.faults.push_back({member, std::move(says)});
  }

  void add_certificates(const TarMember& member) {
    const Certificates read = certificates_from(member.bytes);
    report_.certificates += static_cast<std::int64_t>(read.known.size());
    report_.unknown_certificates += read.unknown;
    for (const Certificate& certificate : read.known) {
      keys_.emplace(certificate.key.serial(), certificate.key);
    }
    // A device that reckons its serial in another way still names its file by it.
    if (const auto named = serial_of_name(member.name); named && !read.known.empty()) {
      keys_.emplace(*named, read.known.front().key);
    }
  }

  void look_at(const TarMember& member) {
    switch (kind_of(member)) {
      case MemberKind::log:
        look_at_log(member);
        break;
      case MemberKind::dangerous:
        complain(member.name, "its name leads out of the archive");
        break;
      case MemberKind::other:
        ++report_.others;
        break;
      case MemberKind::certificate:
        break;
    }
  }

  void look_at_log(const TarMember& member) {
    ++report_.logs;
    if (!member.is_whole()) return complain(member.name, "it is too large for a log");
    const auto log = read_log(member.bytes);
    if (!log) return complain(member.name, std::string(in_words(log.error())));
    count(log->message);
    const auto key = keys_.find(log->message.serial);
    if (key == keys_.end() || log->message.algorithm == nullptr) {
      ++report_.unchecked;
      return;
    }
    if (!key->second.has_signed(log->signed_bytes, log->signature,
                                log->message.algorithm->hash_bits)) {
      return complain(member.name, "its signature does not verify");
    }
    ++report_.verified;
  }

  void count(const LogMessage& message) {
    DeviceLogs& device = report_.devices[core::to_hex(message.serial)];
    if (!device.counters.add(message.counter)) ++device.doubled_counters;
    if (message.kind == LogKind::system) ++device.system;
    if (message.kind == LogKind::audit) ++device.audit;
    if (message.kind != LogKind::transaction) return;
    ++device.transaction;
    const int end = message.operation == "StartTransaction"    ? begun
                    : message.operation == "FinishTransaction" ? ended
                                                               : 0;
    if (end == 0) return;
    Transactions& open = open_[core::to_hex(message.serial)];
    int& seen = open[message.transaction];
    seen |= end;
    if (seen == (begun | ended)) open.erase(message.transaction);
  }

  void finish() {
    for (auto& [serial, device] : report_.devices) {
      device.has_certificate = keys_.count(*core::from_hex(serial)) != 0;
      for (const auto& [number, seen] : open_[serial]) {
        if (seen == begun) device.open.push_back(number);
      }
      std::sort(device.open.begin(), device.open.end());
    }
    if (fault_) complain(last_name_, fmt::format("the archive {} here", in_words(*fault_)));
  }

  std::istream& tar_;
  ArchiveReport report_;
  std::map<std::string, PublicKey> keys_;  // by raw serial
  std::map<std::string, Transactions> open_;
  std::optional<TarFault> fault_;
  std::string last_name_;
};

}  // namespace

bool CounterSet::add(std::int64_t number) {
  auto next = ranges_.upper_bound(number);
  if (next != ranges_.begin()) {
    const auto before = std::prev(next);
    if (before->second >= number) return false;
    if (before->second == number - 1) {
      before->second = number;
      if (next != ranges_.end() && next->first == number + 1) {
        before->second = next->second;
        ranges_.erase(next);
      }
      return true;
    }
  }
  std::int64_t last = number;
  if (next != ranges_.end() && next->first == number + 1) {
    last = next->second;
    ranges_.erase(next);
  }
  ranges_.emplace(number, last);
  return true;
}

std::vector<CounterRange> CounterSet::missing() const {
  std::vector<CounterRange> gaps;
  for (auto range = ranges_.begin(); range != ranges_.end(); ++range) {
    const auto next = std::next(range);
    if (next != ranges_.end()) gaps.push_back({range->second + 1, next->first - 1});
  }
  return gaps;
}

std::optional<CounterRange> CounterSet::span() const {
  if (ranges_.empty()) return {};
  return CounterRange{ranges_.begin()->first, ranges_.rbegin()->second};
}

bool ArchiveReport::is_whole() const {
  return has_end_mark && std::all_of(devices.begin(), devices.end(), [](const auto& entry) {
           return entry.second.counters.missing().empty() && entry.second.doubled_counters == 0;
         });
}

ArchiveReport check_archive(std::istream& tar) {
  return Check(tar).run();
}

}  // namespace drivers
