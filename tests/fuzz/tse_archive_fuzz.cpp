// Any bytes as an export of security devices: a report, in bounded memory.
#include <sstream>

#include "core/base/ensure.h"
#include "drivers/signing/archive_check.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  std::istringstream tar(std::string(reinterpret_cast<const char*>(data), size));
  const drivers::ArchiveReport report = drivers::check_archive(tar);
  ENSURE(report.verified + report.unchecked <= report.logs);
  ENSURE(report.faults.size() <= static_cast<std::size_t>(report.fault_count));
  return 0;
}
