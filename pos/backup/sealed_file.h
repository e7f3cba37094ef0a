// A file that only who knows its key, or the recovery code, can read: libsodium's
// secretstream in chunks of 64 KiB behind a head in clear (doc.libsodium.org,
// "Encrypted streams and file encryption"). The head holds the key, wrapped by the
// code, so that a wrong code and a damaged file are two different things.
//
// Errors are sentences. Any thread; one file, one thread.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "pos/backup/recovery_code.h"

namespace pos {

using BackupKey = std::array<unsigned char, 32>;

// The key that this code opened, as it stands in the head of every file. Made once for a
// code: the hashing takes a moment, and 64 MiB of memory; nothing: there are not so many.
struct WrappedKey {
  std::string code_id;            // RecoveryCode::id()
  std::string salt, nonce, text;  // raw bytes
};
std::optional<WrappedKey> wrap_key(const BackupKey& key, const RecoveryCode& code);

class SealedWriter {
 public:
  // Makes the file, mode 0600; it must not be there yet.
  static core::Result<SealedWriter, std::string> create(const std::filesystem::path& file,
                                                        const BackupKey& key,
                                                        const WrappedKey& wrapped);
  SealedWriter(SealedWriter&&) noexcept;
  SealedWriter& operator=(SealedWriter&&) noexcept;
  ~SealedWriter();

  void write(std::string_view bytes);
  // The end, through to the disk. Whatever could not be written on the way is said here.
  core::Result<core::Done, std::string> finish();

 private:
  struct State;
  explicit SealedWriter(std::unique_ptr<State> state);
  void seal(bool is_last);
  std::unique_ptr<State> state_;
};

class SealedReader {
 public:
  // Says which code it wants where the code is another one's, and what is damaged.
  static core::Result<SealedReader, std::string> open(const std::filesystem::path& file,
                                                      const RecoveryCode& code);
  // The same without a code, by who has the key: the till that wrote it.
  static core::Result<SealedReader, std::string> open(const std::filesystem::path& file,
                                                      const BackupKey& key);
  SealedReader(SealedReader&&) noexcept;
  SealedReader& operator=(SealedReader&&) noexcept;
  ~SealedReader();

  // So many bytes, no fewer; an error where the file is cut or was changed.
  core::Result<std::string, std::string> read(std::size_t size);
  // Whether all was read and the file really ends here.
  core::Result<core::Done, std::string> at_end();

 private:
  struct State;
  explicit SealedReader(std::unique_ptr<State> state);
  core::Result<core::Done, std::string> next_chunk();
  std::unique_ptr<State> state_;
};

}  // namespace pos
