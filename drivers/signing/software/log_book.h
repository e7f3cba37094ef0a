// Where the software device keeps what it signed: one TAR that grows by a log at a time,
// each on disk before its signature is given away (write, fdatasync). There is no second
// record of counters or open transactions that could disagree: they are read from the logs.
//
// A kill can leave half a log at the end: nobody was told of that one, and it is cut off.
// Anything else that cannot be read is left as it is, and the book does not open.
// One thread; a second process on the same folder is refused.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/base/result.h"
#include "drivers/signing/log_message.h"
#include "drivers/signing/tar.h"
#include "drivers/transport/descriptor.h"

namespace drivers {

enum class BookTrouble {
  in_use,      // another process has it
  damaged,     // something in it is no log
  unwritable,  // the disk is full, or the folder is not ours
};

// What the logs say of one that was begun and not ended.
struct BegunTransaction {
  std::string client, id;
};

class LogBook {
 public:
  // Creates the file where there is none.
  static core::Result<LogBook, BookTrouble> open(const std::filesystem::path& file);
  // After a failure nothing more is taken until it is opened again.
  core::Result<core::Done, BookTrouble> add(const SignedLog& log);

  std::int64_t counter() const { return counter_; }  // the highest given; 0: none
  std::int64_t last_transaction() const { return transaction_; }
  core::Instant last_time() const { return time_; }
  std::int64_t bytes() const { return size_; }
  const std::map<std::int64_t, BegunTransaction>& open_transactions() const { return open_; }
  const std::set<std::string>& clients() const { return clients_; }

  // Each log, the oldest first, until `visit` is false. False: the file could not be read.
  using Visit = std::function<bool(const TarMember& member, const SignedLog& log)>;
  bool each(const Visit& visit) const;

  // What a log must say for that those before it can be forgotten.
  std::string state() const;
  // Forgets the logs up to this counter: the rest is written anew, then takes the file's
  // place. The last of the rest has to be one of `forget_logs` with the state.
  core::Result<core::Done, BookTrouble> forget(std::int64_t up_to);

 private:
  explicit LogBook(std::filesystem::path file) : file_(std::move(file)) {}
  core::Result<core::Done, BookTrouble> open_file();
  core::Result<core::Done, BookTrouble> read_all();
  void take_in(const LogMessage& message);
  void take_state(std::string_view state);

  std::filesystem::path file_;
  Descriptor lock_, log_;
  bool has_failed_ = false;
  std::int64_t size_ = 0;
  std::int64_t counter_ = 0, transaction_ = 0;
  core::Instant time_{};
  std::map<std::int64_t, BegunTransaction> open_;
  std::set<std::string> clients_;
};

// "Unixt_1795946400_Sig-5_Log-Tra_No-1_Finish_Client-KASSE-0001.log"
std::string log_name(const LogMessage& message);

// What the software device writes of itself: whom it took on, and what it was told to forget.
inline constexpr std::string_view register_client = "registerClient";
inline constexpr std::string_view forget_logs = "deleteStoredData";

// A file that is either whole or not there, whatever is pulled out; only its owner reads it.
bool write_whole(const std::filesystem::path& file, std::string_view bytes);

}  // namespace drivers
