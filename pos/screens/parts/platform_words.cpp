#include "pos/screens/parts/platform_words.h"

#include <algorithm>
#include <array>
#include <span>

#include "pos/ui/format.h"

namespace pos {

namespace {

// Longer ones before those that would match them, too.
constexpr auto sentences = std::to_array<std::string_view>({
    "The platform's certificate cannot be trusted ({}).",
    "The connection to the platform broke off ({}).",
    "The platform's answer is larger than {} MB.",
    "Medusa's total of {} is {} {}, the till's is {} {}.",
    "Medusa has received too little to give back {}.",
    "Medusa has no {} yet. Create one there.",
    "Medusa has no {} \"{}\". Choose another one.",
    "Medusa has no article with the SKU {}: open items cannot be told.",
    "Medusa answers with an error ({}).",
    "Shopify's total of {} is {} {}, the till's is {} {}.",
    "Shopify has received {} of {} and takes no more.",
    "Nothing is left to capture: Shopify calls the order {}.",
    "Only {} can still be captured.",
    "Shopify has only {} of this order left to give back.",
    "Shopify does not let this be fulfilled: {}.",
    "{} x {} were to be sent, and {} of them are no longer in the order at Shopify.",
    "Shopify could not gather the catalogue ({}).",
    "Shopify's catalogue cannot be fetched ({}).",
    "Shopify answers with an error ({}).",
    "Shopify's order {}: {}",
    "The Shopify app lacks a permission: {}",
    "{} of it waits here until the order is paid: Shopify takes a part only on its plan Plus.",
    "Shop \"{}\" ({}), currency {}",
    "The file is larger than {} MiB.",
    "shop.time_zone is \"{}\", but must be a time zone as in Europe/Berlin",
    "shop.currency is \"{}\", but must be three capitals as in EUR",
    "{} is \"{}\", but may be one of: {}",
    "{} is \"{}\", but must be a number from {} to {}",
    "{}: \"{}\" is not an e-mail address",
    "Medusa holds {} drafts that a till began and did not finish ({}{}). The till that began one "
    "finishes or removes it; of a till that is no longer there, delete it in Medusa.",
    "{} were given back here, and Medusa has nothing left that was received: it has given back {} "
    "of "
    "{}.",
    "{} were to be captured, and Medusa holds no authorized payment of this order any more. It has "
    "received {}, and its total is {} now.",
    "{} x {} were to be sent, and {} of them are no longer in the order at Medusa.",
    "{} were given back, and only {} were paid.",
    "{} were given back, and the order costs {}.",
    "the store is in use, try again ({})",
    "the disk is full, free some space ({})",
    "the store cannot be written, check the folder and its permissions ({})",
    "the store refuses this ({})",
    "the disk does not say whether this was written, check the disk ({})",
    "the store is damaged, restore a backup ({})",
    "Shop: {}",
    "region: {}",
    "currency: {}",
    "sales channel: {}",
    "stock location: {}",
    "Folder {}",
    "The Shopify shop has no location called {}.",
    "The till's clock is {} minutes {}: orders would get a wrong time.",
});

// What is wrong with a field of an order file, where there is something to fill in.
constexpr auto field_faults = std::to_array<std::string_view>({
    "is longer than {} bytes",
    "is not a whole number from 1 to {}",
    "has more than {} entries",
    "is none of: {}",
});

constexpr std::size_t most_gaps = 6;
using Gaps = std::array<std::string_view, most_gaps>;

// What stands where the pattern has "{}"; none: it says something else.
std::optional<Gaps> gaps_of(std::string_view pattern, std::string_view text) {
  Gaps gaps;
  for (std::size_t n = 0;; ++n) {
    const std::size_t open = pattern.find("{}");
    const std::string_view before = pattern.substr(0, open);
    if (open == std::string_view::npos) return text == before ? std::optional(gaps) : std::nullopt;
    if (!text.starts_with(before) || n == most_gaps) return {};
    text.remove_prefix(before.size());
    pattern.remove_prefix(open + 2);
    const std::string_view after = pattern.substr(0, pattern.find("{}"));
    // The last gap reaches to the sentence's end.
    const std::size_t end =
        pattern.find("{}") == std::string_view::npos
            ? (text.ends_with(after) ? text.size() - after.size() : std::string_view::npos)
            : text.find(after);
    if (end == std::string_view::npos) return {};
    gaps[n] = text.substr(0, end);
    text.remove_prefix(end);
  }
}

// An amount is written as its reader writes it; anything else stays what it is.
std::string gap_text(std::string_view gap, const Words& words) {
  constexpr std::size_t decimals = 3;
  const bool has_cents = gap.size() > decimals && gap[gap.size() - decimals] == '.';
  const auto amount = core::parse_plain(gap, core::eur);
  return has_cents && amount ? amount_text(*amount, words.language()) : std::string(gap);
}

std::optional<std::string> filled_one_of(std::span<const std::string_view> patterns,
                                         std::string_view text, const Words& words) {
  for (const std::string_view pattern : patterns) {
    const auto gaps = gaps_of(pattern, text);
    if (!gaps) continue;
    std::array<std::string, most_gaps> g;
    std::transform(gaps->begin(), gaps->end(), g.begin(),
                   [&](std::string_view gap) { return gap_text(gap, words); });
    return fill_braces(words(pattern), {g[0], g[1], g[2], g[3], g[4], g[5]});
  }
  return {};
}

constexpr std::string_view field_begins = "Field \"";

// Field "lines[1].quantity" is not a quantity like "2" ("x"): its place stays as it is, for
// whoever wrote the file.
std::string field_clause(std::string_view clause, const Words& words) {
  clause.remove_prefix(field_begins.size());
  const std::size_t end = clause.find("\" ");
  if (end == std::string_view::npos) return std::string(field_begins) + std::string(clause);
  const std::string_view place = clause.substr(0, end);
  std::string_view what = clause.substr(end + 2);
  std::string_view value;
  const std::size_t open = what.find(" (\"");
  if (open != std::string_view::npos && what.ends_with("\")")) {
    value = what.substr(open + 3, what.size() - open - 5);
    what = what.substr(0, open);
  }
  const std::string wrong =
      filled_one_of(field_faults, what, words).value_or(std::string(words(what)));
  return value.empty() ? words.fill("Field \"{}\" {}", {place, wrong})
                       : words.fill("Field \"{}\" {} (\"{}\")", {place, wrong, value});
}

// One clause for each field, between semicolons.
std::string field_clauses(std::string_view text, const Words& words) {
  const std::string next = "; " + std::string(field_begins);
  std::string all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(next), text.size());
    all += (all.empty() ? "" : "; ") + field_clause(text.substr(0, end), words);
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return all;
}

}  // namespace

std::optional<std::string> filled(std::string_view pattern, std::string_view text,
                                  const Words& words) {
  return filled_one_of({&pattern, 1}, text, words);
}

std::optional<std::string> filled_sentence(std::string_view reason, const Words& words) {
  if (reason.starts_with(field_begins)) return field_clauses(reason, words);
  return filled_one_of(sentences, reason, words);
}

}  // namespace pos
