#include "core/fiscal/dsfinvk/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "core/base/text.h"
#include "core/catalogue/csv.h"
#include "core/fiscal/dsfinvk/field_check.h"
#include "core/fiscal/dsfinvk/text.h"
#include "core/fiscal/dsfinvk/words.h"
#include "core/fiscal/process_data.h"
#include "core/fiscal/tax_keys.h"

namespace core::dsfinvk {

namespace {

constexpr std::size_t findings_kept = 100;
constexpr Fine one_cent = 1000;

// The fields of a row by the names of their columns.
struct Row {
  const Table& table;
  const std::vector<std::string>& fields;
  std::int64_t line;

  const std::string& operator[](std::string_view name) const {
    static const std::string none;
    std::size_t at = 0;
    for (const auto columns : {leading_columns(table), table.own}) {
      for (const Column& column : columns) {
        if (column.name == name) return at < fields.size() ? fields[at] : none;
        ++at;
      }
    }
    return none;
  }
  Fine fine(std::string_view name) const {
    return read_decimal_comma((*this)[name], 5).value_or(0);
  }
  std::int64_t number(std::string_view name) const {
    return read_decimal_comma((*this)[name], 0).value_or(0);
  }
  std::string closing() const { return fields[0] + ' ' + fields[2]; }
  std::string receipt() const { return closing() + ' ' + fields[3]; }
  FineTax tax(std::string_view gross, std::string_view net, std::string_view tax_name) const {
    return {fine(gross), fine(net), fine(tax_name)};
  }
};

using FiveSums = std::array<Fine, fiscal::sums_of_receipt>;

std::uint64_t bit_of(std::int64_t key) {
  return std::uint64_t{1} << (static_cast<std::uint64_t>(key) % 64);
}

std::string amount_of(Fine fine) {
  return decimal_comma(fine, 5, fine % one_cent == 0 ? 2 : 5);
}

// "Beleg^1.00_0.00_...": the five sums, nothing where there are none.
std::optional<FiveSums> sums_of_process(std::string_view data) {
  const std::size_t begin = data.find('^');
  const std::size_t end = begin == data.npos ? data.npos : data.find('^', begin + 1);
  if (end == data.npos) return {};
  FiveSums sums{};
  std::string_view rest = data.substr(begin + 1, end - begin - 1);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t size = std::min(rest.find('_'), rest.size());
    const auto amount = parse_plain(rest.substr(0, size), eur);
    if (!amount || (size == rest.size()) != (i + 1 == sums.size())) return {};
    sums[i] = fine_of(*amount);
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  return sums;
}

}  // namespace

class ExportCheck::Books {
 public:
  void complain(File file, std::int64_t line, std::string says) {
    complain(table_of(file).name, line, std::move(says));
  }
  void complain(std::string_view file, std::int64_t line, std::string says) {
    ++report_.finding_count;
    if (report_.findings.size() < findings_kept) {
      report_.findings.push_back({std::string(file), line, std::move(says)});
    }
  }

  void read(const Table& table, std::istream& bytes);
  CheckReport finish();

 private:
  struct SeenReceipt {
    std::string id;
    std::int64_t line = 0;  // of transactions.csv
    bool counts = false;
    bool is_void = false, gives_goods_back = false, refers = false, has_payments = false;
    Fine total = 0, taxes = 0, lines = 0, paid = 0;
    FiveSums sums{};
    std::uint64_t line_keys = 0, tax_keys = 0;  // a bit for each, by its last six bits
  };

  using CaseKey = std::tuple<std::string, std::string, std::int64_t, std::int64_t>;
  using KindKey = std::pair<std::string, std::string>;

  template <class Key, class Sum>
  struct TwoSums {
    std::map<Key, Sum> said, found;
  };

  struct SeenClosing {
    std::int64_t line = 0;  // of cashpointclosing.csv
    std::string created, first, last;
    Fine payments_said = 0, payments = 0, cash_said = 0, cash = 0;
    bool has_first = false, has_last = false;
    std::set<std::int64_t> keys, devices;
    TwoSums<CaseKey, Fine> cases;
    TwoSums<KindKey, Fine> kinds;
    TwoSums<std::string, Fine> currencies;
  };

  bool has_headings(const Table& table, const std::vector<std::string>& headings);
  void look_at(const Row& row);
  SeenReceipt* receipt_of(const Row& row);
  SeenClosing* closing_of(const Row& row);

  void take_closing(const Row& row);
  void take_head(const Row& row);
  void take_line(const Row& row);
  void take_line_tax(const Row& row);
  void take_payment(const Row& row);
  void take_signing(const Row& row);
  void take_tax(const Row& row);

  void finish(const SeenReceipt& receipt);
  void finish(const std::string& name, const SeenClosing& closing);
  template <class Key, class Name>
  void compare(File file, const std::string& closing, const TwoSums<Key, Fine>& sums,
               const Name& name_of);

  CheckReport report_;
  std::map<std::string, SeenClosing> closings_;
  std::unordered_map<std::string, SeenReceipt> receipts_;
  struct SeenLine {
    std::uint16_t what, name;
    std::int32_t agency;
  };
  std::unordered_map<std::size_t, SeenLine> lines_;  // by a hash of receipt and line
  std::vector<std::string> words_;                   // that lines refer to
  std::unordered_map<std::string, std::uint16_t> word_places_;
  std::uint16_t place_of_word(const std::string& word);
};

std::uint16_t ExportCheck::Books::place_of_word(const std::string& word) {
  const auto next = static_cast<std::uint16_t>(words_.size());
  const auto [found, is_new] = word_places_.emplace(word, next);
  if (is_new) words_.push_back(word);
  return found->second;
}

bool ExportCheck::Books::has_headings(const Table& table,
                                      const std::vector<std::string>& headings) {
  std::vector<std::string_view> wanted;
  for (const auto columns : {leading_columns(table), table.own}) {
    for (const Column& column : columns) wanted.push_back(column.name);
  }
  // More columns may follow at the end, as for a long certificate.
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i < headings.size() && headings[i] == wanted[i]) continue;
    complain(table.file, 1, fmt::format("column {} must be {}", i + 1, wanted[i]));
    return false;
  }
  return true;
}

void ExportCheck::Books::read(const Table& table, std::istream& bytes) {
  CsvReader reader(bytes);
  CsvRow row;
  std::size_t width = 0;
  for (;;) {
    const auto read = reader.next(row);
    if (!read) {
      complain(table.file, read.error().line, fmt::format("it {}", in_words(read.error().fault)));
      if (ends_reading(read.error().fault)) return;
      continue;
    }
    if (!*read) break;
    if (width == 0) {
      width = row.fields.size();
      if (!has_headings(table, row.fields)) return;
      continue;
    }
    if (row.fields.size() != width) {
      complain(table.file, row.line,
               fmt::format("{} fields instead of {}", row.fields.size(), width));
      continue;
    }
    ++report_.rows;
    look_at({table, row.fields, row.line});
  }
  if (width == 0) complain(table.file, 0, "it has no headings");
}

void ExportCheck::Books::look_at(const Row& row) {
  std::size_t at = 0;
  for (const auto columns : {leading_columns(row.table), row.table.own}) {
    for (const Column& column : columns) {
      const std::string fault = fault_of(column, row.fields[at++]);
      if (!fault.empty()) complain(row.table.file, row.line, fault);
    }
  }
  if (row.table.file == File::cashpointclosing) return take_closing(row);
  SeenClosing* closing = closing_of(row);
  if (!closing) return;
  if (row["Z_ERSTELLUNG"] != closing->created) {
    complain(row.table.file, row.line, "Z_ERSTELLUNG is not that of its closing");
  }
  switch (row.table.file) {
    case File::tse:
      closing->devices.insert(row.number("TSE_ID"));
      break;
    case File::vat:
      closing->keys.insert(row.number("UST_SCHLUESSEL"));
      break;
    case File::businesscases:
      closing->cases.said[{row["GV_TYP"], row["GV_NAME"], row.number("AGENTUR_ID"),
                           row.number("UST_SCHLUESSEL")}] += row.fine("Z_UMS_BRUTTO");
      if (row.fine("Z_UMS_BRUTTO") != row.fine("Z_UMS_NETTO") + row.fine("Z_UST")) {
        complain(File::businesscases, row.line, "gross is not net and tax");
      }
      break;
    case File::payment:
      closing->kinds.said[{row["ZAHLART_TYP"], row["ZAHLART_NAME"]}] +=
          row.fine("Z_ZAHLART_BETRAG");
      break;
    case File::cash_per_currency:
      closing->currencies.said[row["ZAHLART_WAEH"]] += row.fine("ZAHLART_BETRAG_WAEH");
      break;
    case File::transactions:
      take_head(row);
      break;
    case File::lines:
      take_line(row);
      break;
    case File::lines_vat:
      take_line_tax(row);
      break;
    case File::transactions_vat:
      take_tax(row);
      break;
    case File::datapayment:
      take_payment(row);
      break;
    case File::transactions_tse:
      take_signing(row);
      break;
    case File::references:
      if (SeenReceipt* receipt = receipt_of(row)) {
        // What was sold by no receipt of a till names what it was sold by.
        receipt->refers |= row["REF_TYP"] == word(ReferenceKind::receipt) ||
                           row["REF_TYP"] == word(ReferenceKind::other);
      }
      break;
    case File::allocation_groups:
    case File::itemamounts:
    case File::subitems:
      receipt_of(row);
      break;
    default:
      break;
  }
}

ExportCheck::Books::SeenClosing* ExportCheck::Books::closing_of(const Row& row) {
  const auto found = closings_.find(row.closing());
  if (found != closings_.end()) return &found->second;
  complain(row.table.file, row.line, "its closing is not in cashpointclosing.csv");
  return nullptr;
}

ExportCheck::Books::SeenReceipt* ExportCheck::Books::receipt_of(const Row& row) {
  const auto found = receipts_.find(row.receipt());
  if (found != receipts_.end()) return &found->second;
  complain(row.table.file, row.line,
           fmt::format("no receipt {} is in transactions.csv", row["BON_ID"]));
  return nullptr;
}

void ExportCheck::Books::take_closing(const Row& row) {
  ++report_.closings;
  const auto [found, is_new] = closings_.try_emplace(row.closing());
  if (!is_new) return complain(File::cashpointclosing, row.line, "its number stands there twice");
  SeenClosing& closing = found->second;
  closing.line = row.line;
  closing.created = row["Z_ERSTELLUNG"];
  closing.first = row["Z_START_ID"];
  closing.last = row["Z_ENDE_ID"];
  closing.payments_said = row.fine("Z_SE_ZAHLUNGEN");
  closing.cash_said = row.fine("Z_SE_BARZAHLUNGEN");
  if (row["STNR"].empty() && row["USTID"].empty()) {
    complain(File::cashpointclosing, row.line, "neither STNR nor USTID is there");
  }
}

void ExportCheck::Books::take_head(const Row& row) {
  ++report_.receipts;
  const auto [found, is_new] = receipts_.try_emplace(row.receipt());
  if (!is_new) {
    return complain(File::transactions, row.line,
                    fmt::format("BON_ID {} stands there twice", row["BON_ID"]));
  }
  SeenReceipt& receipt = found->second;
  receipt.id = row["BON_ID"];
  receipt.line = row.line;
  receipt.counts = row["BON_TYP"] == fiscal::word(fiscal::EventKind::receipt);
  receipt.is_void = row["BON_STORNO"] == "1";
  receipt.total = row.fine("UMS_BRUTTO");
  SeenClosing& closing = closings_.at(row.closing());
  closing.has_first |= receipt.id == closing.first;
  closing.has_last |= receipt.id == closing.last;
  if (row["BON_TYP"] == fiscal::word(fiscal::EventKind::other) && row["BON_NAME"].empty()) {
    complain(File::transactions, row.line, "AVSonstige needs a BON_NAME");
  }
}

void ExportCheck::Books::take_line(const Row& row) {
  if (!receipt_of(row)) return;
  const SeenLine line{place_of_word(row["GV_TYP"]), place_of_word(row["GV_NAME"]),
                      static_cast<std::int32_t>(row.number("AGENTUR_ID"))};
  const std::size_t hash = std::hash<std::string>()(row.receipt() + ' ' + row["POS_ZEILE"]);
  if (!lines_.emplace(hash, line).second) {
    complain(
        File::lines, row.line,
        fmt::format("line {} of receipt {} stands there twice", row["POS_ZEILE"], row["BON_ID"]));
  }
}

void ExportCheck::Books::take_line_tax(const Row& row) {
  SeenReceipt* receipt = receipt_of(row);
  if (!receipt) return;
  const FineTax tax = row.tax("POS_BRUTTO", "POS_NETTO", "POS_UST");
  const std::int64_t key = row.number("UST_SCHLUESSEL");
  if (tax.gross != tax.net + tax.tax)
    complain(File::lines_vat, row.line, "gross is not net and tax");
  receipt->lines += tax.gross;
  receipt->line_keys |= bit_of(key);
  SeenClosing& closing = closings_.at(row.closing());
  if (closing.keys.count(key) == 0) {
    complain(File::lines_vat, row.line, fmt::format("key {} is not in vat.csv", key));
  }
  const std::size_t hash = std::hash<std::string>()(row.receipt() + ' ' + row["POS_ZEILE"]);
  const auto line = lines_.find(hash);
  if (line == lines_.end()) {
    return complain(
        File::lines_vat, row.line,
        fmt::format("line {} of receipt {} is not in lines.csv", row["POS_ZEILE"], row["BON_ID"]));
  }
  const std::string& what = words_[line->second.what];
  receipt->gives_goods_back |= what == word(BusinessCase::goods) && tax.gross < 0;
  if (!receipt->counts) return;
  closing.cases.found[{what, words_[line->second.name], line->second.agency, key}] += tax.gross;
}

void ExportCheck::Books::take_tax(const Row& row) {
  SeenReceipt* receipt = receipt_of(row);
  if (!receipt) return;
  const FineTax tax = row.tax("BON_BRUTTO", "BON_NETTO", "BON_UST");
  const std::int64_t key = row.number("UST_SCHLUESSEL");
  if (tax.gross != tax.net + tax.tax) {
    complain(File::transactions_vat, row.line, "gross is not net and tax");
  }
  receipt->taxes += tax.gross;
  receipt->tax_keys |= bit_of(key);
  if (const auto sum = fiscal::sum_of(static_cast<int>(key))) receipt->sums[*sum] += tax.gross;
}

void ExportCheck::Books::take_payment(const Row& row) {
  SeenReceipt* receipt = receipt_of(row);
  if (!receipt) return;
  const Fine amount = row.fine("BASISWAEH_BETRAG");
  receipt->paid += amount;
  receipt->has_payments = true;
  if (!receipt->counts) return;
  SeenClosing& closing = closings_.at(row.closing());
  closing.payments += amount;
  closing.kinds.found[{row["ZAHLART_TYP"], row["ZAHLART_NAME"]}] += amount;
  if (row["ZAHLART_TYP"] != word(PaymentKind::cash)) return;
  closing.cash += amount;
  closing.currencies.found[row["ZAHLWAEH_CODE"]] +=
      row["ZAHLWAEH_BETRAG"].empty() ? amount : row.fine("ZAHLWAEH_BETRAG");
}

void ExportCheck::Books::take_signing(const Row& row) {
  SeenReceipt* receipt = receipt_of(row);
  if (!receipt) return;
  if (row["TSE_TA_SIG"].empty()) {
    if (row["TSE_TA_FEHLER"].empty()) {
      complain(File::transactions_tse, row.line, "neither TSE_TA_SIG nor TSE_TA_FEHLER is there");
    }
    return;
  }
  ++report_.signed_ones;
  for (const std::string_view name :
       {"TSE_ID", "TSE_TANR", "TSE_TA_START", "TSE_TA_ENDE", "TSE_TA_VORGANGSART", "TSE_TA_SIGZ"}) {
    if (row[name].empty())
      complain(File::transactions_tse, row.line, fmt::format("{} is empty", name));
  }
  if (closings_.at(row.closing()).devices.count(row.number("TSE_ID")) == 0) {
    complain(File::transactions_tse, row.line, "its TSE_ID is not in tse.csv");
  }
  const std::string& data = row["TSE_VORGANGSDATEN"];
  if (row["TSE_TA_VORGANGSART"] != fiscal::receipt_type || data.empty() || !receipt->counts) return;
  const auto sums = sums_of_process(data);
  if (!sums)
    return complain(File::transactions_tse, row.line, "TSE_VORGANGSDATEN has no five sums");
  if (*sums != receipt->sums) {
    complain(File::transactions_tse, row.line,
             fmt::format("what was signed of receipt {} is not what its taxes say", row["BON_ID"]));
  }
}

void ExportCheck::Books::finish(const SeenReceipt& receipt) {
  const auto differs = [&](std::string_view what, Fine sum) {
    if (sum == receipt.total) return;
    complain(File::transactions, receipt.line,
             fmt::format("receipt {} says {}, its {} {}", receipt.id, amount_of(receipt.total),
                         what, amount_of(sum)));
  };
  if (!receipt.counts) return;
  differs("tax sums", receipt.taxes);
  differs("lines", receipt.lines);
  if (receipt.has_payments || receipt.total != 0) differs("payments", receipt.paid);
  if ((receipt.line_keys & ~receipt.tax_keys) != 0) {
    complain(
        File::transactions, receipt.line,
        fmt::format("a key of a line of receipt {} is not in transactions_vat.csv", receipt.id));
  }
  const bool must_refer = receipt.is_void || (receipt.total < 0 && receipt.gives_goods_back);
  if (must_refer && !receipt.refers) {
    complain(File::transactions, receipt.line,
             fmt::format("receipt {} gives back and does not say of which one", receipt.id));
  }
}

template <class Key, class Name>
void ExportCheck::Books::compare(File file, const std::string& closing,
                                 const TwoSums<Key, Fine>& sums, const Name& name_of) {
  std::map<Key, std::pair<Fine, Fine>> both;
  for (const auto& [key, sum] : sums.said) both[key].first = sum;
  for (const auto& [key, sum] : sums.found) both[key].second = sum;
  for (const auto& [key, pair] : both) {
    if (pair.first == pair.second) continue;
    complain(file, 0,
             fmt::format("closing {}: {} says {}, the receipts {}", closing, name_of(key),
                         amount_of(pair.first), amount_of(pair.second)));
  }
}

void ExportCheck::Books::finish(const std::string& name, const SeenClosing& closing) {
  compare(File::businesscases, name, closing.cases, [](const CaseKey& key) {
    return fmt::format("{} of key {}", std::get<0>(key), std::get<3>(key));
  });
  compare(File::payment, name, closing.kinds, [](const KindKey& key) { return key.first; });
  compare(File::cash_per_currency, name, closing.currencies,
          [](const std::string& key) { return key; });
  const auto differs = [&](std::string_view what, Fine said, Fine found) {
    if (said == found) return;
    complain(File::cashpointclosing, closing.line,
             fmt::format("{} says {}, the receipts {}", what, amount_of(said), amount_of(found)));
  };
  differs("Z_SE_ZAHLUNGEN", closing.payments_said, closing.payments);
  differs("Z_SE_BARZAHLUNGEN", closing.cash_said, closing.cash);
  if (!closing.has_first || !closing.has_last) {
    complain(File::cashpointclosing, closing.line,
             "its first or last receipt is not in transactions.csv");
  }
}

CheckReport ExportCheck::Books::finish() {
  std::vector<const SeenReceipt*> ordered;
  ordered.reserve(receipts_.size());
  for (const auto& [key, receipt] : receipts_) ordered.push_back(&receipt);
  std::sort(ordered.begin(), ordered.end(),
            [](const SeenReceipt* a, const SeenReceipt* b) { return a->line < b->line; });
  for (const SeenReceipt* receipt : ordered) finish(*receipt);
  for (const auto& [name, closing] : closings_) finish(name, closing);
  return std::move(report_);
}

ExportCheck::ExportCheck() : books_(std::make_unique<Books>()) {}
ExportCheck::ExportCheck(ExportCheck&&) noexcept = default;
ExportCheck& ExportCheck::operator=(ExportCheck&&) noexcept = default;
ExportCheck::~ExportCheck() = default;

// Closings before what belongs to them, receipts before their parts, taxes before what was
// signed of them.
std::vector<File> ExportCheck::order() {
  return {File::cashpointclosing,
          File::location,
          File::cashregister,
          File::slaves,
          File::pa,
          File::tse,
          File::vat,
          File::transactions,
          File::lines,
          File::lines_vat,
          File::transactions_vat,
          File::datapayment,
          File::allocation_groups,
          File::references,
          File::itemamounts,
          File::subitems,
          File::transactions_tse,
          File::businesscases,
          File::payment,
          File::cash_per_currency};
}

void ExportCheck::read(File file, std::istream& bytes) {
  books_->read(table_of(file), bytes);
}

void ExportCheck::miss(std::string_view file) {
  books_->complain(file, 0, "it is not there");
}

CheckReport ExportCheck::finish() {
  return books_->finish();
}

}  // namespace core::dsfinvk
