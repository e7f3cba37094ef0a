#include "pos/backup/sealed_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace pos {

namespace {

constexpr std::string_view magic = "TRESEN-BACKUP/1\n";
constexpr std::size_t chunk_size = 64 * 1024;
constexpr std::size_t sealed_size = chunk_size + crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t id_size = 2, sum_size = 16;
constexpr std::size_t wrapped_size = std::tuple_size_v<BackupKey> + crypto_secretbox_MACBYTES;
constexpr std::size_t stream_size = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
// magic, code id, salt, nonce, wrapped key, stream header, sum of all these.
constexpr std::size_t salt_at = magic.size() + id_size;
constexpr std::size_t nonce_at = salt_at + crypto_pwhash_SALTBYTES;
constexpr std::size_t wrapped_at = nonce_at + crypto_secretbox_NONCEBYTES;
constexpr std::size_t stream_at = wrapped_at + wrapped_size;
constexpr std::size_t sum_at = stream_at + stream_size;
constexpr std::size_t head_size = sum_at + sum_size;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string chance(std::size_t size) {
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

// The limits are part of the format: a file cannot ask for more.
std::optional<BackupKey> key_of(const RecoveryCode& code, std::string_view salt) {
  BackupKey key{};
  const std::string text = code.text();
  if (crypto_pwhash(key.data(), key.size(), text.data(), text.size(), raw(salt),
                    crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return {};
  }
  return key;
}

std::string sum_of_head(std::string_view head) {
  std::string sum(sum_size, '\0');
  crypto_generichash(raw(sum), sum.size(), raw(head), sum_at, nullptr, 0);
  return sum;
}

std::string cut_or_changed(const std::filesystem::path& file) {
  return fmt::format("{} is damaged: it was cut off or changed, take another backup",
                     file.string());
}

}  // namespace

std::optional<WrappedKey> wrap_key(const BackupKey& key, const RecoveryCode& code) {
  WrappedKey wrapped{code.id(), chance(crypto_pwhash_SALTBYTES),
                     chance(crypto_secretbox_NONCEBYTES), std::string(wrapped_size, '\0')};
  auto by = key_of(code, wrapped.salt);
  if (!by) return {};
  crypto_secretbox_easy(raw(wrapped.text), key.data(), key.size(), raw(wrapped.nonce), by->data());
  sodium_memzero(by->data(), by->size());
  return wrapped;
}

// --- writing ---

struct SealedWriter::State {
  std::filesystem::path file;
  int descriptor = -1;
  int fault = 0;  // errno of the first write that failed
  crypto_secretstream_xchacha20poly1305_state stream{};
  std::string head;  // vouched for by the first chunk
  std::string waiting;

  ~State() {
    if (descriptor >= 0) ::close(descriptor);
    sodium_memzero(&stream, sizeof stream);
  }
  void put(std::string_view bytes) {
    while (fault == 0 && !bytes.empty()) {
      const auto written = ::write(descriptor, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) {
        fault = errno;
      } else {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      }
    }
  }
};

SealedWriter::SealedWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter& SealedWriter::operator=(SealedWriter&&) noexcept = default;
SealedWriter::~SealedWriter() = default;

core::Result<SealedWriter, std::string> SealedWriter::create(const std::filesystem::path& file,
                                                             const BackupKey& key,
                                                             const WrappedKey& wrapped) {
  auto state = std::make_unique<State>();
  state->file = file;
  state->descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (state->descriptor < 0) {
    return tl::unexpected(fmt::format("{}: {}", file.string(), std::strerror(errno)));
  }
  std::string& head = state->head;
  head = std::string(magic) + wrapped.code_id + wrapped.salt + wrapped.nonce + wrapped.text;
  std::string stream(stream_size, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state->stream, raw(stream), key.data());
  head += stream;
  head += sum_of_head(head);
  state->put(head);
  return SealedWriter(std::move(state));
}

void SealedWriter::seal(bool is_last) {
  std::string& waiting = state_->waiting;
  const std::size_t size = std::min(waiting.size(), chunk_size);
  std::string sealed(size + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
  crypto_secretstream_xchacha20poly1305_push(
      &state_->stream, raw(sealed), nullptr, raw(waiting), size, raw(state_->head),
      state_->head.size(), is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  state_->head.clear();
  waiting.erase(0, size);
  state_->put(sealed);
}

void SealedWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t part = std::min(bytes.size(), chunk_size + 1 - state_->waiting.size());
    state_->waiting += bytes.substr(0, part);
    bytes.remove_prefix(part);
    // One more byte is known to come: this chunk is not the last.
    if (state_->waiting.size() > chunk_size) seal(false);
  }
}

core::Result<core::Done, std::string> SealedWriter::finish() {
  seal(true);
  if (state_->fault == 0 && ::fsync(state_->descriptor) != 0) state_->fault = errno;
  if (::close(state_->descriptor) != 0 && state_->fault == 0) state_->fault = errno;
  state_->descriptor = -1;
  if (state_->fault == 0) return core::Done{};
  return tl::unexpected(fmt::format("{}: {}", state_->file.string(), std::strerror(state_->fault)));
}

// --- reading ---

struct SealedReader::State {
  std::filesystem::path file;
  std::ifstream stream;
  crypto_secretstream_xchacha20poly1305_state opened{};
  std::string head, chunk;
  std::size_t used = 0;  // of the chunk
  bool is_last = false;

  ~State() { sodium_memzero(&opened, sizeof opened); }

  std::string take(std::size_t size) {
    std::string bytes(size, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return bytes;
  }
  core::Result<core::Done, std::string> read_head() {
    stream.open(file, std::ios::binary);
    if (!stream) return tl::unexpected(fmt::format("cannot read {}", file.string()));
    head = take(head_size);
    if (!head.starts_with(magic)) {
      return tl::unexpected(fmt::format("{} is no backup of a till", file.string()));
    }
    if (head.size() < head_size || sum_of_head(head) != head.substr(sum_at)) {
      return tl::unexpected(cut_or_changed(file));
    }
    return core::Done{};
  }
  void begin(const BackupKey& key) {
    const std::string header = head.substr(stream_at, stream_size);
    crypto_secretstream_xchacha20poly1305_init_pull(&opened, raw(header), key.data());
  }
};

SealedReader::SealedReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader& SealedReader::operator=(SealedReader&&) noexcept = default;
SealedReader::~SealedReader() = default;

core::Result<SealedReader, std::string> SealedReader::open(const std::filesystem::path& file,
                                                           const RecoveryCode& code) {
  auto state = std::make_unique<State>();
  state->file = file;
  if (auto read = state->read_head(); !read) return tl::unexpected(read.error());
  const std::string_view head = state->head;
  const std::string_view id = head.substr(magic.size(), id_size);
  auto by = key_of(code, head.substr(salt_at, crypto_pwhash_SALTBYTES));
  if (!by) return tl::unexpected(std::string("there is too little memory to try the code"));
  BackupKey key{};
  if (crypto_secretbox_open_easy(key.data(), raw(head.substr(wrapped_at, wrapped_size)),
                                 wrapped_size, raw(head.substr(nonce_at)), by->data()) != 0) {
    return tl::unexpected(
        fmt::format("this is another code: {} is opened by the one marked {}, this one is {}",
                    file.filename().string(), id, code.id()));
  }
  state->begin(key);
  sodium_memzero(key.data(), key.size());
  sodium_memzero(by->data(), by->size());
  return SealedReader(std::move(state));
}

core::Result<SealedReader, std::string> SealedReader::open(const std::filesystem::path& file,
                                                           const BackupKey& key) {
  auto state = std::make_unique<State>();
  state->file = file;
  if (auto read = state->read_head(); !read) return tl::unexpected(read.error());
  state->begin(key);
  return SealedReader(std::move(state));
}

core::Result<core::Done, std::string> SealedReader::next_chunk() {
  const std::string sealed = state_->take(sealed_size);
  const std::size_t over = crypto_secretstream_xchacha20poly1305_ABYTES;
  unsigned char tag = 0;
  if (state_->is_last || sealed.size() < over) return tl::unexpected(cut_or_changed(state_->file));
  state_->chunk.assign(sealed.size() - over, '\0');
  state_->used = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->opened, raw(state_->chunk), nullptr, &tag,
                                                 raw(sealed), sealed.size(), raw(state_->head),
                                                 state_->head.size()) != 0) {
    return tl::unexpected(cut_or_changed(state_->file));
  }
  state_->head.clear();
  state_->is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return core::Done{};
}

core::Result<std::string, std::string> SealedReader::read(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) {
    if (state_->used == state_->chunk.size()) {
      if (auto next = next_chunk(); !next) return tl::unexpected(next.error());
    }
    const std::size_t part = std::min(size - bytes.size(), state_->chunk.size() - state_->used);
    bytes.append(state_->chunk, state_->used, part);
    state_->used += part;
  }
  return bytes;
}

core::Result<core::Done, std::string> SealedReader::at_end() {
  const bool has_more = state_->used < state_->chunk.size() ||
                        state_->stream.peek() != std::ifstream::traits_type::eof();
  if (state_->is_last && !has_more) return core::Done{};
  return tl::unexpected(cut_or_changed(state_->file));
}

}  // namespace pos
