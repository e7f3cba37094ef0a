#include "drivers/signing/software/log_book.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/base/text.h"

namespace drivers {

namespace {

// A log is one write: what a kill can leave of it is shorter than the largest.
constexpr std::int64_t largest_torn_end = 128 * 1024;

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_name(const std::filesystem::path& file) {
  const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool is_synced = ::fsync(folder) == 0;
  ::close(folder);
  return is_synced;
}

std::string log_member(const SignedLog& log) {
  return tar_member(log_name(log.message), log_file(log.signed_bytes, log.signature),
                    log.message.time);
}

// Whether a whole log lies somewhere in the file's end, which then is not torn but damaged:
// to cut it off would let the counter go back.
bool holds_a_log(const std::filesystem::path& file, std::int64_t from) {
  std::ifstream stream(file, std::ios::binary);
  stream.seekg(from);
  const std::string end{std::istreambuf_iterator<char>(stream), {}};
  for (std::size_t at = 0; at < end.size(); at += 512) {
    std::istringstream rest(end.substr(at));
    TarMember member;
    const auto read = TarReader(rest).next(member);
    if (read && *read && read_log(member.bytes)) return true;
  }
  return false;
}

constexpr std::string_view start_operation = "StartTransaction";
constexpr std::string_view finish_operation = "FinishTransaction";

}  // namespace

std::string log_name(const LogMessage& message) {
  const auto seconds =
      std::chrono::floor<std::chrono::seconds>(message.time).time_since_epoch().count();
  std::string name = fmt::format("Unixt_{}_Sig-{}_Log-", seconds, message.counter);
  if (message.kind == LogKind::transaction) {
    std::string client = message.client;
    std::replace(client.begin(), client.end(), '/', '_');
    const std::string_view verb =
        std::string_view(message.operation).substr(0, message.operation.find("Transaction"));
    name += fmt::format("Tra_No-{}_{}_Client-{}", message.transaction, verb, client);
  } else {
    name += fmt::format("Sys_{}", message.operation);
  }
  return name + ".log";
}

core::Result<LogBook, BookTrouble> LogBook::open(const std::filesystem::path& file) {
  LogBook book(file);
  const std::string lock = file.string() + ".lock";
  book.lock_ = Descriptor(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!book.lock_.is_open()) return tl::unexpected(BookTrouble::unwritable);
  if (::flock(book.lock_.number(), LOCK_EX | LOCK_NB) != 0) {
    return tl::unexpected(BookTrouble::in_use);
  }
  if (const auto opened = book.open_file(); !opened) return tl::unexpected(opened.error());
  if (const auto read = book.read_all(); !read) return tl::unexpected(read.error());
  return book;
}

core::Result<core::Done, BookTrouble> LogBook::open_file() {
  log_ = Descriptor(::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!log_.is_open() || !sync_name(file_)) return tl::unexpected(BookTrouble::unwritable);
  return core::Done{};
}

// Takes in what is whole. Where the end cannot be read and is short enough to be torn, the
// file ends before it from now on.
core::Result<core::Done, BookTrouble> LogBook::read_all() {
  std::ifstream stream(file_, std::ios::binary);
  TarReader reader(stream);
  TarMember member;
  std::int64_t whole = 0;
  auto read = reader.next(member);
  for (; read && *read; read = reader.next(member)) {
    const auto log = read_log(member.bytes);
    if (!log) break;
    take_in(log->message);
    whole = reader.position();
  }
  struct stat facts {};
  if (::fstat(log_.number(), &facts) != 0 || stream.bad()) {
    return tl::unexpected(BookTrouble::unwritable);
  }
  if (facts.st_size - whole > largest_torn_end || holds_a_log(file_, whole)) {
    return tl::unexpected(BookTrouble::damaged);
  }
  if (facts.st_size > whole &&
      (::ftruncate(log_.number(), whole) != 0 || ::fsync(log_.number()) != 0)) {
    return tl::unexpected(BookTrouble::unwritable);
  }
  size_ = whole;
  return core::Done{};
}

void LogBook::take_in(const LogMessage& message) {
  counter_ = std::max(counter_, message.counter);
  time_ = std::max(time_, message.time);
  if (message.kind == LogKind::transaction) {
    transaction_ = std::max(transaction_, message.transaction);
    if (message.operation == start_operation) {
      open_[message.transaction] = {message.client, message.external};
    }
    if (message.operation == finish_operation) open_.erase(message.transaction);
  } else if (message.operation == register_client) {
    clients_.insert(message.data);
  } else if (message.operation == forget_logs) {
    take_state(message.data);
  }
}

// "last 17", "client KASSE-0001", "open 12 018f... KASSE-0001": a line for each.
std::string LogBook::state() const {
  std::string text = fmt::format("last {}\n", transaction_);
  for (const std::string& client : clients_) text += fmt::format("client {}\n", client);
  for (const auto& [number, begun] : open_) {
    text += fmt::format("open {} {} {}\n", number, begun.id, begun.client);
  }
  return text;
}

void LogBook::take_state(std::string_view state) {
  open_.clear();
  std::istringstream lines{std::string(state)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string what, id, client;
    std::int64_t number = 0;
    words >> what;
    if (what == "last" && words >> number) transaction_ = std::max(transaction_, number);
    if (what == "client") clients_.insert(line.substr(std::string("client ").size()));
    // The id may be empty: it has no blanks, but the client may.
    if (what == "open" && words >> number && words.get() && std::getline(words, id, ' ') &&
        std::getline(words, client)) {
      open_[number] = {client, id};
    }
  }
}

core::Result<core::Done, BookTrouble> LogBook::add(const SignedLog& log) {
  if (has_failed_) return tl::unexpected(BookTrouble::unwritable);
  const std::string member = log_member(log);
  if (!write_all(log_.number(), member) || ::fdatasync(log_.number()) != 0) {
    has_failed_ = true;
    return tl::unexpected(BookTrouble::unwritable);
  }
  size_ += static_cast<std::int64_t>(member.size());
  take_in(log.message);
  return core::Done{};
}

bool LogBook::each(const Visit& visit) const {
  std::ifstream stream(file_, std::ios::binary);
  TarReader reader(stream);
  TarMember member;
  auto read = reader.next(member);
  for (; read && *read; read = reader.next(member)) {
    const auto log = read_log(member.bytes);
    if (!log) return false;
    if (!visit(member, *log)) return true;
  }
  return read.has_value();
}

core::Result<core::Done, BookTrouble> LogBook::forget(std::int64_t up_to) {
  std::string kept;
  const bool was_read = each([&](const TarMember&, const SignedLog& log) {
    if (log.message.counter > up_to) kept += log_member(log);
    return true;
  });
  if (!was_read) return tl::unexpected(BookTrouble::damaged);
  // From here on a log could go to a file that is no longer the book.
  has_failed_ = true;
  if (!write_whole(file_, kept)) return tl::unexpected(BookTrouble::unwritable);
  if (const auto opened = open_file(); !opened) return tl::unexpected(opened.error());
  has_failed_ = false;
  size_ = static_cast<std::int64_t>(kept.size());
  return core::Done{};
}

bool write_whole(const std::filesystem::path& file, std::string_view bytes) {
  const std::filesystem::path other = file.string() + ".new";
  const int descriptor = ::open(other.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const bool is_written = write_all(descriptor, bytes) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  return is_written && ::rename(other.c_str(), file.c_str()) == 0 && sync_name(file);
}

}  // namespace drivers
