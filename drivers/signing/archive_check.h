// Reads what a security device exports and says whether it holds: each log against the key
// of its certificate, the counters of each device without a gap, and what is not read at all.
//
// What it does not know is who made the certificates: compare the serials with those that
// the till has signed with. Pure but for the stream.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "drivers/signing/tar.h"

namespace drivers {

struct CounterRange {
  std::int64_t first = 0, last = 0;
  friend bool operator==(const CounterRange&, const CounterRange&) = default;
};

// Numbers as ranges: as many as there are gaps, not as there are numbers.
class CounterSet {
 public:
  bool add(std::int64_t number);              // false: it was there
  std::vector<CounterRange> missing() const;  // between the first and the last
  std::optional<CounterRange> span() const;

 private:
  std::map<std::int64_t, std::int64_t> ranges_;  // first -> last
};

// The logs of one serial number.
struct DeviceLogs {
  std::int64_t transaction = 0, system = 0, audit = 0;
  CounterSet counters;
  std::int64_t doubled_counters = 0;
  std::vector<std::int64_t> open;  // transactions that were begun and not ended, in order
  bool has_certificate = false;
  std::int64_t logs() const { return transaction + system + audit; }
};

struct ArchiveFault {
  std::string member;
  std::string says;  // English
  friend bool operator==(const ArchiveFault&, const ArchiveFault&) = default;
};

struct ArchiveReport {
  std::map<std::string, DeviceLogs> devices;  // by serial, 64 hex digits in lower case
  std::int64_t logs = 0;                      // files that are called so
  std::int64_t verified = 0;
  std::int64_t unchecked = 0;  // no certificate that we can read has their key
  std::int64_t certificates = 0, unknown_certificates = 0;
  std::int64_t others = 0;  // info.csv, folders, what else devices put in
  std::int64_t fault_count = 0;
  std::vector<ArchiveFault> faults;  // the first hundred, in the archive's order
  bool has_end_mark = false;

  bool holds() const { return fault_count == 0 && verified == logs && logs > 0; }
  // And nothing is missing between its first and its last log, as in an export of everything.
  bool is_whole() const;
};

// Goes through the stream twice (certificates may lie last), from its beginning.
ArchiveReport check_archive(std::istream& tar);

}  // namespace drivers
