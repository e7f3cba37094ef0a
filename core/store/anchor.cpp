#include "core/store/anchor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/base/text.h"

namespace core {

namespace {

constexpr std::size_t shortest_hash = 8, whole_hash = 64;

bool is_hash(std::string_view text) {
  return text.size() >= shortest_hash && text.size() <= whole_hash &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || number < 0) return {};
  return number;
}

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<Anchor> with(std::optional<std::int64_t> seq, std::string_view hash) {
  if (!seq || *seq == 0 || !is_hash(hash)) return {};
  return Anchor{*seq, std::string(hash)};
}

std::string lower(std::string_view text) {
  std::string all;
  for (const char c : text) all += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  return all;
}

std::int64_t number_of(Query query) {
  return query.next() ? query.integer(0) : 0;
}

StoreError fault_at(const std::filesystem::path& file) {
  const bool is_full = errno == ENOSPC || errno == EDQUOT;
  return {is_full ? StoreFault::full : StoreFault::unwritable,
          file.string() + ": " + std::strerror(errno)};
}

}  // namespace

std::string printed(const Anchor& anchor) {
  return fmt::format("{}:{}", anchor.seq, std::string_view(anchor.hash).substr(0, printed_hash));
}

std::string to_text(const Anchor& anchor) {
  return fmt::format("tresen-anchor/1 entry {} hash {} receipts {} orders {} closings {}\n",
                     anchor.seq, anchor.hash, anchor.receipts, anchor.orders, anchor.closings);
}

std::optional<Anchor> anchor_from(std::string_view text) {
  text = trim(text);
  if (const auto colon = text.find(':'); colon != text.npos) {
    return with(number_from(text.substr(0, colon)), lower(text.substr(colon + 1)));
  }
  const auto words = words_in(text);
  if ((words.size() != 9 && words.size() != 11) || words[0] != "tresen-anchor/1") return {};
  auto anchor = with(number_from(words[2]), words[4]);
  const auto receipts = number_from(words[6]), orders = number_from(words[8]);
  const auto closings = words.size() == 11 ? number_from(words[10]) : 0;
  if (!anchor || !receipts || !orders || !closings) return {};
  anchor->receipts = *receipts;
  anchor->orders = *orders;
  anchor->closings = *closings;
  return anchor;
}

Anchor anchor_of(Database& database) {
  Anchor anchor;
  auto last = database.query("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1");
  if (last.next()) {
    anchor.seq = last.integer(0);
    anchor.hash = last.text(1);
  }
  anchor.receipts = number_of(database.query("SELECT max(row) FROM receipts"));
  anchor.orders = number_of(database.query("SELECT value FROM counters WHERE name = 'orders'"));
  anchor.closings =
      number_of(database.query("SELECT max(z_number) FROM shifts WHERE z_number > 0"));
  return anchor;
}

std::optional<Anchor> anchor_of_order(Database& database, std::int64_t order_row,
                                      std::int64_t version) {
  auto query = database.query(
      "WITH RECURSIVE of_order(receipt) AS (SELECT last_receipt FROM orders WHERE row = ? UNION "
      "ALL SELECT previous FROM of_order JOIN receipts ON row = receipt) "
      "SELECT seq, hash, receipt FROM of_order JOIN receipts ON receipts.row = receipt "
      "JOIN journal ON seq = journal_seq WHERE order_version <= ? ORDER BY receipt DESC LIMIT 1");
  query.with(order_row, version);
  if (!query.next()) return {};
  return Anchor{query.integer(0), query.text(1), query.integer(2)};
}

Held holds(Database& database, const Anchor& anchor) {
  if (anchor.seq == 0) return Held::yes;
  auto query = database.query("SELECT hash FROM journal WHERE seq = ?");
  query.with(anchor.seq);
  if (!query.next()) return Held::cut_off;
  return query.view(0).starts_with(anchor.hash) ? Held::yes : Held::rewritten;
}

std::filesystem::path anchor_file(const std::filesystem::path& folder) {
  return folder / "till.anchor";
}

std::optional<Anchor> read_anchor(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line)) return {};
  return anchor_from(line);
}

Stored<Done> write_anchor(const std::filesystem::path& file, const Anchor& anchor) {
  const std::string text = to_text(anchor);
  const std::string beside = file.string() + ".new";
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return tl::unexpected(fault_at(file));
  const ssize_t size = static_cast<ssize_t>(text.size());
  const bool is_written =
      ::write(descriptor, text.data(), text.size()) == size && ::fdatasync(descriptor) == 0;
  const StoreError fault = fault_at(file);
  ::close(descriptor);
  if (!is_written) return tl::unexpected(fault);
  if (::rename(beside.c_str(), file.c_str()) != 0) return tl::unexpected(fault_at(file));
  return Done{};
}

}  // namespace core
