// A security device (TSE) that is none, for the simulators: it signs with keys that are
// real and worth nothing. Written from the published facts (BSI TR-03151, TR-03153) and
// not from our drivers, so that the two can judge each other. TEST stands in its
// certificate. Pure but for its folder; one thread.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace pos::tse_sim {

std::string base64_of(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string hex_of(std::string_view bytes);  // lower case
std::string sha256_of(std::string_view bytes);
std::string random_bytes(std::size_t count);

using Seconds = std::int64_t;  // of Unix time

// One log message of the TAR.
struct Record {
  std::string name;
  std::string content;
  Seconds time = 0;
  std::int64_t transaction = 0;  // 0: a system log
  std::string client{};
};
struct Signed {
  std::int64_t transaction = 0, counter = 0;
  Seconds time = 0;
  std::string signature;
};
// What of the records is exported; numbers of 0 do not count.
struct Filter {
  std::int64_t first = 0, last = 0;
  Seconds from = 0, to = 0;
  std::string client{};
};

enum class Curve { p256, brainpool_p384 };

class Device {
 public:
  // From what `folder` holds, else new; an empty folder name keeps nothing. The error is
  // a sentence.
  static core::Result<std::unique_ptr<Device>, std::string> open(std::filesystem::path folder,
                                                                 Curve curve, Seconds now);

  std::string serial() const { return serial_; }  // 32 bytes
  std::string public_key() const { return public_key_; }
  std::string algorithm() const;
  std::string certificates() const { return certificates_; }  // PEM, the leaf first
  Seconds certificate_end() const { return certificate_end_; }
  std::int64_t signatures() const { return counter_; }
  std::size_t stored_bytes() const { return stored_; }
  const std::map<std::int64_t, std::string>& open_ones() const { return open_; }  // to the client

  Signed start(const std::string& client, Seconds now);
  Signed update(std::int64_t transaction, const std::string& type, const std::string& data,
                Seconds now);
  Signed finish(std::int64_t transaction, const std::string& type, const std::string& data,
                Seconds now);
  void log(const std::string& operation, const std::string& data, Seconds now);
  std::string tar(const Filter& filter, Seconds now) const;
  void delete_records();

  nlohmann::json host;  // what else its host remembers; kept with it
  void save() const;
  // Another device with a key of its own sits there instead.
  void swap(Seconds now);

 private:
  struct KeyDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  Device(std::filesystem::path folder, Curve curve) : folder_(std::move(folder)), curve_(curve) {}
  bool load();
  void make(Seconds now);
  std::string sign(std::string_view message) const;
  Signed write_transaction(const char* operation, std::int64_t transaction, const std::string& type,
                           const std::string& data, Seconds now);
  void keep(Record record);

  std::filesystem::path folder_;
  Curve curve_;
  std::unique_ptr<EVP_PKEY, KeyDeleter> key_;
  std::string serial_, public_key_, certificates_;
  Seconds certificate_end_ = 0;
  std::int64_t counter_ = 0, last_transaction_ = 0;
  std::map<std::int64_t, std::string> open_;
  std::vector<Record> records_;
  std::size_t stored_ = 0;
};

}  // namespace pos::tse_sim
