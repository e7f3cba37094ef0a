// A security device on paper: signs with a counter and no key, and keeps a log of what it was
// told. Its line can be cut before a request has reached it, or before its answer is back.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fiscal/signing_commands.h"
#include "core/fiscal/signing_effects.h"

namespace tests {

enum class TseFault {
  none,
  away,          // it never got there, and whoever asked knows
  cut_before,    // it never got there, and nobody knows
  cut_after,     // it is signed, and the answer is lost
  wrong_number,  // the answers of a device that is not ours, or not well
  wrong_counter,
  wrong_serial,
};

class PaperTse {
 public:
  struct Entry {
    core::SigningVerb verb = core::SigningVerb::start;
    core::SigningId id;
    core::DeviceSignature signature;
    std::string type, data;
  };

  // Only its last answer can be asked for again, as with Epson; else each by its id.
  bool knows_only_the_last = false;
  std::string serial = std::string(64, 'a');
  core::Instant now{};

  core::SigningAnswer sign(const core::SignStep& step, TseFault fault = TseFault::none) {
    if (fault == TseFault::away) return core::NotSigned{"The device cannot be reached.", "away"};
    if (fault == TseFault::cut_before) return core::SignatureLost{"The answer was lost."};
    const bool begins = step.verb == core::SigningVerb::start;
    if (!begins && std::ranges::find(open_, step.number) == open_.end()) {
      return core::NotSigned{"No such transaction.", "TRANSACTION_NOT_STARTED", true};
    }
    core::DeviceSignature signature{begins ? ++transactions_ : step.number, ++counter_, now,
                                    "signed " + std::to_string(counter_), serial};
    if (begins) {
      open_.push_back(signature.number);
    } else {
      std::erase(open_, step.number);
    }
    log_.push_back({begins ? step.verb : core::SigningVerb::finish, step.transaction, signature,
                    step.process_type, step.process_data});
    if (fault == TseFault::cut_after) return core::SignatureLost{"The answer was lost."};
    if (fault == TseFault::wrong_number) ++signature.number;
    if (fault == TseFault::wrong_counter) signature.counter = 1;
    if (fault == TseFault::wrong_serial) signature.serial = std::string(64, 'b');
    return signature;
  }

  core::SigningAnswer recover(const core::SignStep& step) const {
    const bool begins = step.verb == core::SigningVerb::start;
    for (auto entry = log_.rbegin(); entry != log_.rend(); ++entry) {
      const bool was_begun = entry->verb == core::SigningVerb::start;
      const bool is_its = knows_only_the_last
                              ? entry->signature.counter > step.last_counter &&
                                    (begins || entry->signature.number == step.number)
                              : entry->id == step.transaction;
      if (is_its && begins == was_begun) return entry->signature;
      if (knows_only_the_last) break;
    }
    return core::NeverReached{};
  }

  core::SigningDeviceSeen seen() const {
    core::SigningDeviceSeen seen;
    seen.device.serial = serial;
    seen.device.kind = "paper";
    seen.device.public_key = "key";
    seen.device.algorithm = "ecdsa-plain-SHA256";
    seen.device.time_format = "unixTime";
    seen.device.maker = "Paper";
    seen.device.certificates = "-----BEGIN CERTIFICATE-----\ncGFwZXI=\n-----END CERTIFICATE-----\n";
    seen.device.is_test = true;
    seen.device.signatures_made = counter_;
    seen.open = open_;
    return seen;
  }

  // Before the test: its numbers go on from there.
  void has_signed(std::int64_t transactions, std::int64_t counter) {
    transactions_ = transactions;
    counter_ = counter;
  }

  const std::vector<Entry>& log() const { return log_; }
  const std::vector<std::int64_t>& open() const { return open_; }

 private:
  std::int64_t transactions_ = 0, counter_ = 0;
  std::vector<std::int64_t> open_;
  std::vector<Entry> log_;
};

}  // namespace tests
