#include "pos/backup/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/store/anchor.h"
#include "core/store/backup.h"
#include "core/store/journal.h"
#include "core/store/migrations.h"
#include "sync/base/durable_file.h"

namespace pos {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Outcome = core::Result<core::Done, std::string>;

constexpr std::string_view format = "tresen-backup/1";
constexpr std::string_view store_name = "till.db";
constexpr std::size_t piece = 64 * 1024;
constexpr std::size_t longest_note = 1024 * 1024;

std::string hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  text.pop_back();
  return text;
}

std::optional<std::string> from_hex(std::string_view text) {
  std::string bytes(text.size() / 2, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                     text.size(), nullptr, &size, &end) != 0 ||
      end != text.data() + text.size()) {
    return {};
  }
  return bytes;
}

class Hash {
 public:
  Hash() { crypto_generichash_init(&state_, nullptr, 0, crypto_generichash_BYTES); }
  void add(std::string_view bytes) {
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
  }
  std::string text() {
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash_final(&state_, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return hex(hash);
  }

 private:
  crypto_generichash_state state_{};
};

// Whether a file of the data folder is a part of the till. The shop to look around in is not,
// and no backup goes into another.
bool belongs(const fs::path& name) {
  static const std::set<std::string> others{"upstream", "mail", "lost+found", "demo", "restored"};
  static const std::set<std::string> endings{".part", ".log", ".tresen"};
  const std::string top = name.begin()->string();
  return !others.contains(top) && !top.starts_with("till.") && !top.starts_with("backup.part") &&
         !endings.contains(name.extension().string());
}

// One more file of the backup: what is read, and what it is called.
struct Source {
  fs::path file;
  BackupNote::File note;
};

core::Result<Source, std::string> look_at(const fs::path& file, std::string name) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return tl::unexpected(fmt::format("cannot read {}", file.string()));
  Source source{file, {std::move(name), 0, ""}};
  Hash hash;
  std::string bytes(piece, '\0');
  while (stream.read(bytes.data(), static_cast<std::streamsize>(piece)), stream.gcount() > 0) {
    const auto got = static_cast<std::size_t>(stream.gcount());
    hash.add(std::string_view(bytes).substr(0, got));
    source.note.size += got;
  }
  if (stream.bad()) return tl::unexpected(fmt::format("cannot read {}", file.string()));
  source.note.hash = hash.text();
  return source;
}

core::Result<std::vector<Source>, std::string> sources_of(const fs::path& data,
                                                          const fs::path& store) {
  std::vector<Source> sources;
  auto first = look_at(store, std::string(store_name));
  if (!first) return tl::unexpected(first.error());
  sources.push_back(std::move(*first));
  std::error_code fault;
  for (fs::recursive_directory_iterator at(data, fault), end; !fault && at != end;
       at.increment(fault)) {
    const fs::path name = fs::relative(at->path(), data);
    if (!belongs(name)) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(fault)) {
      auto source = look_at(at->path(), name.generic_string());
      if (!source) return tl::unexpected(source.error());
      sources.push_back(std::move(*source));
    }
  }
  if (fault) return tl::unexpected(fmt::format("{}: {}", data.string(), fault.message()));
  std::sort(sources.begin() + 1, sources.end(),
            [](const Source& a, const Source& b) { return a.note.name < b.note.name; });
  return sources;
}

std::string to_json(const BackupNote& note) {
  Json files = Json::array();
  for (const BackupNote::File& file : note.files) {
    files.push_back({{"name", file.name}, {"size", file.size}, {"hash", file.hash}});
  }
  return Json{{"format", format},
              {"shop", note.shop},
              {"till", note.till},
              {"program", note.program},
              {"made", note.made.time_since_epoch().count()},
              {"schema", note.schema},
              {"entry", note.entry},
              {"receipts", note.receipts},
              {"files", files}}
      .dump();
}

// A name that stays below the folder that it is put into.
bool is_safe(const fs::path& name) {
  return !name.empty() && name.is_relative() &&
         std::none_of(name.begin(), name.end(), [](const fs::path& part) {
           return part == ".." || part == "." || part.empty();
         });
}

core::Result<BackupNote, std::string> note_from(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  BackupNote note;
  try {
    if (json.at("format") != format) {
      return tl::unexpected(std::string("this backup was made by a newer version of the till"));
    }
    note.shop = json.at("shop");
    note.till = json.at("till");
    note.program = json.at("program");
    note.made = core::Instant(std::chrono::milliseconds(json.at("made").get<std::int64_t>()));
    note.schema = json.at("schema");
    note.entry = json.at("entry");
    note.receipts = json.at("receipts");
    for (const Json& file : json.at("files")) {
      note.files.push_back({file.at("name"), file.at("size"), file.at("hash")});
      if (!is_safe(note.files.back().name)) {
        return tl::unexpected(std::string("this backup holds a file outside of its folder"));
      }
    }
  } catch (const Json::exception&) {
    return tl::unexpected(std::string("what this backup says of itself cannot be read"));
  }
  if (note.files.empty() || note.files[0].name != store_name) {
    return tl::unexpected(std::string("this backup holds no store"));
  }
  return note;
}

core::Result<BackupNote, std::string> read_note(SealedReader& reader) {
  const auto length = reader.read(8);
  if (!length) return tl::unexpected(length.error());
  std::size_t size = 0;
  for (const char byte : *length) size = size << 8U | static_cast<unsigned char>(byte);
  if (size > longest_note) {
    return tl::unexpected(std::string("what this backup says of itself is too long"));
  }
  const auto text = reader.read(size);
  if (!text) return tl::unexpected(text.error());
  return note_from(*text);
}

std::string length_of(std::string_view text) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<std::uint64_t>(text.size()) >> shift & 0xFFU);
  }
  return bytes;
}

// Each piece of one file, to whoever takes it; false: it could not be taken.
template <class Take>
Outcome read_file(SealedReader& reader, const BackupNote::File& file, const Take& take) {
  Hash hash;
  for (std::uint64_t left = file.size; left > 0;) {
    const auto bytes = reader.read(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece)));
    if (!bytes) return tl::unexpected(bytes.error());
    hash.add(*bytes);
    left -= bytes->size();
    if (Outcome taken = take(*bytes); !taken) return taken;
  }
  if (hash.text() == file.hash) return core::Done{};
  return tl::unexpected(fmt::format("{} in the backup is damaged, take another one", file.name));
}

// Removes a file when it goes out of scope, and what SQLite puts beside a store.
struct Passing {
  fs::path file;
  ~Passing() {
    std::error_code ignored;
    for (const char* beside : {"", "-wal", "-shm"})
      fs::remove(fs::path(file).concat(beside), ignored);
  }
};

// A folder that vanishes with all that is in it, unless it was kept.
struct PassingFolder {
  fs::path folder;
  bool is_kept = false;
  ~PassingFolder() {
    std::error_code ignored;
    if (!is_kept) fs::remove_all(folder, ignored);
  }
};

Outcome give_back(SealedReader& reader, const BackupNote& note, const fs::path& folder) {
  for (const BackupNote::File& file : note.files) {
    const fs::path target = folder / file.name;
    std::error_code fault;
    fs::create_directories(target.parent_path(), fault);
    const int made = fault ? -1 : ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
    const auto trouble = [&] {
      return tl::unexpected(fmt::format("{}: {}", target.string(), std::strerror(errno)));
    };
    if (made < 0) return trouble();
    Outcome put = read_file(reader, file, [&](std::string_view bytes) -> Outcome {
      while (!bytes.empty()) {
        const auto written = ::write(made, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) return trouble();
        if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
      }
      return core::Done{};
    });
    if (put && ::fsync(made) != 0) put = trouble();
    ::close(made);
    if (!put) return put;
    if (auto synced = syncing::sync_folder(target.parent_path()); !synced) return synced;
  }
  return reader.at_end();
}

// What the old till wrote after the backup is known by its last slip alone: numbers go on
// behind it, and the journal says why (see core/till/anchoring.h).
Outcome count_on_behind(const fs::path& folder, LastSlips last) {
  auto database = core::Database::open(folder / store_name, core::Access::read);
  if (!database) return tl::unexpected(core::in_words(database.error()));
  const auto sound = core::verify_journal(*database);
  if (const auto* broken = std::get_if<core::JournalBroken>(&sound)) {
    return tl::unexpected(fmt::format("the journal in this backup is broken: {}, entry {}",
                                      broken->what, broken->seq));
  }
  core::Anchor anchor = core::anchor_of(*database);
  if (last.receipt > anchor.receipts) {
    // Carts that came to nothing took a number, too.
    constexpr std::int64_t given_up_carts = 100;
    anchor.orders += last.receipt - anchor.receipts + given_up_carts;
    anchor.receipts = last.receipt;
    anchor.closings = std::max(anchor.closings, last.z_report);
    anchor.seq += 1;  // it held at least one entry more
    anchor.hash = std::string(core::printed_hash, '0');
  }
  auto written = core::write_anchor(core::anchor_file(folder), anchor);
  if (!written) return tl::unexpected(core::in_words(written.error()));
  return core::Done{};
}

std::int64_t newest_schema() {
  return static_cast<std::int64_t>(core::migrations().size());
}

}  // namespace

std::optional<BackupSecret> new_backup_secret(const RecoveryCode& code) {
  BackupSecret secret;
  if (sodium_init() < 0) return {};
  randombytes_buf(secret.key.data(), secret.key.size());
  auto wrapped = wrap_key(secret.key, code);
  if (!wrapped) return {};
  secret.wrapped = std::move(*wrapped);
  return secret;
}

std::string to_text(const BackupSecret& secret) {
  const std::string key(secret.key.begin(), secret.key.end());
  const WrappedKey& wrapped = secret.wrapped;
  return fmt::format("{}:{}:{}:{}:{}", wrapped.code_id, hex(key), hex(wrapped.salt),
                     hex(wrapped.nonce), hex(wrapped.text));
}

std::optional<BackupSecret> backup_secret_from(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < 5; ++i) {
    const auto colon = text.find(':');
    if ((colon == std::string_view::npos) != (i == 4)) return {};
    const std::string_view part = text.substr(0, colon);
    const auto bytes = i == 0 ? std::string(part) : from_hex(part);
    if (!bytes) return {};
    parts.push_back(*bytes);
    text.remove_prefix(i == 4 ? text.size() : colon + 1);
  }
  BackupSecret secret;
  const bool fits = parts[0].size() == 2 && parts[1].size() == secret.key.size() &&
                    parts[2].size() == crypto_pwhash_SALTBYTES &&
                    parts[3].size() == crypto_secretbox_NONCEBYTES &&
                    parts[4].size() == secret.key.size() + crypto_secretbox_MACBYTES;
  if (!fits) return {};
  std::copy(parts[1].begin(), parts[1].end(), secret.key.begin());
  secret.wrapped = {parts[0], parts[2], parts[3], parts[4]};
  return secret;
}

std::string backup_name(const BackupNote& note, const BackupSecret& secret) {
  // To the millisecond: by hand and by itself, two can be made within a second.
  std::string moment = core::to_iso(note.made).substr(0, 23);
  std::erase_if(moment, [](char c) { return c == '-' || c == ':' || c == '.'; });
  std::replace(moment.begin(), moment.end(), 'T', '-');
  return fmt::format("{}-{}-{}.tresen", note.till, moment, secret.wrapped.code_id);
}

core::Result<BackupNote, std::string> make_backup(core::Database& database,
                                                  const core::Settings& settings,
                                                  const fs::path& data, const fs::path& target,
                                                  const BackupSecret& secret, core::Instant now) {
  const Passing copy{data / "backup.part"};
  const Passing unfinished{fs::path(target).concat(".part")};
  std::error_code fault;
  if (fs::exists(target, fault)) {
    return tl::unexpected(fmt::format("{} is there already", target.string()));
  }
  // Of one that was killed.
  fs::remove(copy.file, fault);
  fs::remove(unfinished.file, fault);
  if (auto copied = core::copy_store(database, copy.file); !copied) {
    return tl::unexpected(core::in_words(copied.error()));
  }
  BackupNote note;
  {
    auto store = core::Database::open(copy.file, core::Access::read);
    if (!store) return tl::unexpected(core::in_words(store.error()));
    const core::Anchor anchor = core::anchor_of(*store);
    note.shop = settings.shop.name;
    note.till = settings.till.id;
    note.program = TRESEN_VERSION;
    note.made = now;
    note.schema = newest_schema();
    note.entry = anchor.seq;
    note.receipts = anchor.receipts;
  }
  const auto sources = sources_of(data, copy.file);
  if (!sources) return tl::unexpected(sources.error());
  for (const Source& source : *sources) note.files.push_back(source.note);

  auto writer = SealedWriter::create(unfinished.file, secret.key, secret.wrapped);
  if (!writer) return tl::unexpected(writer.error());
  const std::string said = to_json(note);
  writer->write(length_of(said));
  writer->write(said);
  for (const Source& source : *sources) {
    std::ifstream stream(source.file, std::ios::binary);
    std::string bytes(piece, '\0');
    while (stream.read(bytes.data(), static_cast<std::streamsize>(piece)), stream.gcount() > 0) {
      writer->write(std::string_view(bytes).substr(0, static_cast<std::size_t>(stream.gcount())));
    }
  }
  if (auto finished = writer->finish(); !finished) return tl::unexpected(finished.error());
  auto reader = SealedReader::open(unfinished.file, secret.key);
  if (!reader) return tl::unexpected(reader.error());
  if (auto checked = check_backup(std::move(*reader)); !checked) return checked;
  fs::rename(unfinished.file, target, fault);
  if (fault) return tl::unexpected(fmt::format("{}: {}", target.string(), fault.message()));
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  if (auto synced = syncing::sync_folder(folder); !synced) return tl::unexpected(synced.error());
  return note;
}

core::Result<BackupNote, std::string> check_backup(SealedReader reader) {
  auto note = read_note(reader);
  if (!note) return note;
  for (const BackupNote::File& file : note->files) {
    const auto read =
        read_file(reader, file, [](std::string_view) -> Outcome { return core::Done{}; });
    if (!read) return tl::unexpected(read.error());
  }
  if (auto ended = reader.at_end(); !ended) return tl::unexpected(ended.error());
  return note;
}

core::Result<BackupNote, std::string> restore_backup(SealedReader reader, const fs::path& data,
                                                     LastSlips last) {
  std::error_code fault;
  if (fs::exists(data, fault) && !fs::is_empty(data, fault)) {
    return tl::unexpected(
        fmt::format("{} is not empty, name a folder that is not there yet", data.string()));
  }
  auto note = read_note(reader);
  if (!note) return note;
  if (note->schema > newest_schema()) {
    return tl::unexpected(
        fmt::format("this backup is of version {}, this till is {}: take a newer one",
                    note->program, TRESEN_VERSION));
  }
  const fs::path folder = data.has_filename() ? data : data.parent_path();
  PassingFolder beside{fs::path(folder).concat(".part")};
  fs::remove_all(beside.folder, fault);
  fs::create_directories(beside.folder, fault);
  if (fault) return tl::unexpected(fmt::format("{}: {}", beside.folder.string(), fault.message()));
  fs::permissions(beside.folder, fs::perms::owner_all, fault);
  if (auto put = give_back(reader, *note, beside.folder); !put) return tl::unexpected(put.error());
  if (auto behind = count_on_behind(beside.folder, last); !behind) {
    return tl::unexpected(behind.error());
  }
  fs::remove(folder, fault);  // an empty one
  fs::rename(beside.folder, folder, fault);
  if (fault) return tl::unexpected(fmt::format("{}: {}", folder.string(), fault.message()));
  beside.is_kept = true;
  const fs::path above = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  if (auto synced = syncing::sync_folder(above); !synced) return tl::unexpected(synced.error());
  return note;
}

}  // namespace pos
