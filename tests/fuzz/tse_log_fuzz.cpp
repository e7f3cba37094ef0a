// Any bytes as a log message of a security device: what is read is signed over bytes that
// lie within it, and what is written from it reads the same.
#include "core/base/ensure.h"
#include "drivers/signing/log_message.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const auto log = drivers::read_log(file);
  if (!log) return 0;
  ENSURE(file.find(log->signed_bytes) != file.npos);
  if (!log->message.algorithm) return 0;
  const auto again =
      drivers::read_log(drivers::log_file(drivers::bytes_to_sign(log->message), log->signature));
  ENSURE(again && again->message.counter == log->message.counter &&
         again->message.process_data == log->message.process_data &&
         again->signature == log->signature);
  return 0;
}
