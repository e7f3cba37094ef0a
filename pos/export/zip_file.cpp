#include "pos/export/zip_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <memory>
#include <streambuf>

#include "core/base/ensure.h"

namespace pos {

namespace {

constexpr std::size_t chunk_size = 1 << 16;

template <class T, int (*release)(T*)>
struct Freed {
  void operator()(T* thing) const { release(thing); }
};
struct EntryFreed {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
using ZipWriting = std::unique_ptr<archive, Freed<archive, archive_write_free>>;
using ZipReading = std::unique_ptr<archive, Freed<archive, archive_read_free>>;
using EntryFacts = std::unique_ptr<archive_entry, EntryFreed>;

tl::unexpected<std::string> zip_trouble(const std::filesystem::path& zip, archive* of) {
  const char* says = archive_error_string(of);
  return tl::unexpected(fmt::format("{}: {}", zip.string(), says ? says : "it is no ZIP file"));
}

tl::unexpected<std::string> system_trouble(const std::filesystem::path& file) {
  return tl::unexpected(fmt::format("{}: {}", file.string(), std::strerror(errno)));
}

core::Result<core::Done, std::string> add_entry(archive* zip, const std::filesystem::path& target,
                                                const ZipEntry& entry, core::Instant modified) {
  std::ifstream content(entry.content, std::ios::binary);
  std::error_code fault;
  const auto size = std::filesystem::file_size(entry.content, fault);
  if (fault || !content) return system_trouble(entry.content);
  const EntryFacts facts(archive_entry_new());
  archive_entry_set_pathname(facts.get(), entry.name.c_str());
  archive_entry_set_size(facts.get(), static_cast<la_int64_t>(size));
  archive_entry_set_filetype(facts.get(), AE_IFREG);
  archive_entry_set_perm(facts.get(), 0644);
  archive_entry_set_mtime(
      facts.get(), std::chrono::floor<std::chrono::seconds>(modified).time_since_epoch().count(),
      0);
  if (archive_write_header(zip, facts.get()) != ARCHIVE_OK) return zip_trouble(target, zip);
  std::array<char, chunk_size> chunk;
  while (content.read(chunk.data(), chunk.size()), content.gcount() > 0) {
    const auto bytes = static_cast<std::size_t>(content.gcount());
    if (archive_write_data(zip, chunk.data(), bytes) != static_cast<la_ssize_t>(bytes)) {
      return zip_trouble(target, zip);
    }
  }
  return core::Done{};
}

core::Result<core::Done, std::string> fill_zip(int descriptor, const std::filesystem::path& target,
                                               const std::vector<ZipEntry>& entries,
                                               core::Instant modified) {
  const ZipWriting zip(archive_write_new());
  ENSURE(archive_write_set_format_zip(zip.get()) == ARCHIVE_OK);
  // Rows of numbers pack nearly as well at once as with much effort.
  ENSURE(archive_write_set_options(zip.get(), "zip:compression=deflate,zip:compression-level=3") ==
         ARCHIVE_OK);
  if (archive_write_open_fd(zip.get(), descriptor) != ARCHIVE_OK) {
    return zip_trouble(target, zip.get());
  }
  for (const ZipEntry& entry : entries) {
    if (auto added = add_entry(zip.get(), target, entry, modified); !added) return added;
  }
  if (archive_write_close(zip.get()) != ARCHIVE_OK) return zip_trouble(target, zip.get());
  if (::fsync(descriptor) != 0) return system_trouble(target);
  return core::Done{};
}

core::Result<ZipReading, std::string> open_zip(const std::filesystem::path& zip) {
  ZipReading reading(archive_read_new());
  archive_read_support_format_zip(reading.get());
  if (archive_read_open_filename(reading.get(), zip.c_str(), chunk_size) != ARCHIVE_OK) {
    return zip_trouble(zip, reading.get());
  }
  return reading;
}

std::string name_of_entry(archive_entry* entry) {
  const char* name = archive_entry_pathname(entry);
  return name ? name : "";
}

// An entry as a stream.
class EntryBytes final : public std::streambuf {
 public:
  explicit EntryBytes(archive* zip) : zip_(zip) {}
  bool is_broken() const { return is_broken_; }

 protected:
  int_type underflow() override {
    const la_ssize_t read = archive_read_data(zip_, chunk_.data(), chunk_.size());
    is_broken_ |= read < 0;
    if (read <= 0) return traits_type::eof();
    setg(chunk_.data(), chunk_.data(), chunk_.data() + read);
    return traits_type::to_int_type(chunk_[0]);
  }

 private:
  archive* zip_;
  bool is_broken_ = false;
  std::array<char, chunk_size> chunk_;
};

}  // namespace

core::Result<core::Done, std::string> write_zip(const std::filesystem::path& zip,
                                                const std::vector<ZipEntry>& entries,
                                                core::Instant modified) {
  const std::filesystem::path other = zip.string() + ".new";
  const int descriptor = ::open(other.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_trouble(other);
  auto filled = fill_zip(descriptor, other, entries, modified);
  ::close(descriptor);
  if (filled && ::rename(other.c_str(), zip.c_str()) != 0) filled = system_trouble(zip);
  if (!filled) ::unlink(other.c_str());
  return filled;
}

core::Result<std::vector<std::string>, std::string> names_in_zip(const std::filesystem::path& zip) {
  const auto reading = open_zip(zip);
  if (!reading) return tl::unexpected(reading.error());
  std::vector<std::string> names;
  archive_entry* entry = nullptr;
  int read = archive_read_next_header(reading->get(), &entry);
  for (; read == ARCHIVE_OK || read == ARCHIVE_WARN;
       read = archive_read_next_header(reading->get(), &entry)) {
    names.push_back(name_of_entry(entry));
  }
  if (read != ARCHIVE_EOF) return zip_trouble(zip, reading->get());
  return names;
}

core::Result<core::Done, std::string> read_in_zip(const std::filesystem::path& zip,
                                                  std::string_view name, const ReadEntry& read) {
  const auto reading = open_zip(zip);
  if (!reading) return tl::unexpected(reading.error());
  archive_entry* entry = nullptr;
  for (;;) {
    const int found = archive_read_next_header(reading->get(), &entry);
    if (found == ARCHIVE_EOF)
      return tl::unexpected(fmt::format("{} has no {}", zip.string(), name));
    if (found != ARCHIVE_OK && found != ARCHIVE_WARN) return zip_trouble(zip, reading->get());
    if (name_of_entry(entry) == name) break;
  }
  EntryBytes bytes(reading->get());
  std::istream content(&bytes);
  read(content);
  if (bytes.is_broken()) return zip_trouble(zip, reading->get());
  return core::Done{};
}

}  // namespace pos
