#include "sync/upstream/pushed_anchors.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "sync/base/durable_file.h"

namespace syncing {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t files_looked_at = 8;
constexpr std::size_t largest_pushed = 4 << 20;

// 123 of "T1-000123.v1.json"; 0: it is no order of this till.
std::int64_t number_in(std::string_view name, std::string_view till) {
  if (!name.starts_with(till) || !name.ends_with(".json")) return 0;
  name.remove_prefix(till.size());
  if (!name.starts_with('-')) return 0;
  std::int64_t number = 0;
  std::from_chars(name.data() + 1, name.data() + name.size(), number);
  return number;
}

// Of a file of ours; whatever else the text is proves nothing.
std::optional<core::Anchor> anchor_in(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("journal")) return {};
  const auto& journal = json["journal"];
  if (!journal.is_object() || !journal.contains("entry") || !journal.contains("hash")) return {};
  if (!journal["entry"].is_number_integer() || !journal["hash"].is_string()) return {};
  core::Anchor anchor{journal["entry"].get<std::int64_t>(), journal["hash"].get<std::string>()};
  if (anchor.seq <= 0 || anchor.hash.empty()) return {};
  if (journal.contains("receipt") && journal["receipt"].is_number_integer()) {
    anchor.receipts = journal["receipt"].get<std::int64_t>();
  }
  return anchor;
}

}  // namespace

std::vector<core::Anchor> pushed_anchors(const fs::path& outbox, std::string_view till) {
  std::multimap<std::int64_t, fs::path> highest;
  std::error_code error;
  for (fs::directory_iterator at(outbox, error), end; !error && at != end; at.increment(error)) {
    const std::int64_t number = number_in(at->path().filename().string(), till);
    if (number == 0) continue;
    highest.emplace(number, at->path());
    if (highest.size() > files_looked_at) highest.erase(highest.begin());
  }
  std::vector<core::Anchor> anchors;
  for (const auto& [number, file] : highest) {
    const auto bytes = read_file(file, largest_pushed);
    if (!bytes || !*bytes) continue;
    if (auto anchor = anchor_in(**bytes)) anchors.push_back(std::move(*anchor));
  }
  return anchors;
}

}  // namespace syncing
