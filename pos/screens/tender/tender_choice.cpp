// What the tender screen offers: the tenders, how the rest may be split, the
// amount and the main action.
#include <algorithm>

#include "pos/screens/tender/tender_parts.h"
#include "pos/ui/format.h"

namespace pos {

using core::Money;

namespace {

std::string in_words(const Words& words, const char* english) {
  return std::string(words(english));
}

bool is_looked_up(const Scene& scene, const TenderInput& input) {
  return scene.found.voucher.asked == input.label;
}

// What is on the voucher that was keyed, for a narrow column; of an unknown one its number.
std::string voucher_brief(const Scene& scene, const TenderInput& input) {
  const core::Voucher* voucher = keyed_voucher(scene, input);
  if (!voucher) return input.label;
  return scene.words.fill("{} on it", {money_text(voucher->available(), scene.words.language())});
}

// "•••• P3RT · 30.00 on it"; of a number that nobody knows the number.
std::string voucher_words(const Scene& scene, const TenderInput& input) {
  const core::Voucher* voucher = keyed_voucher(scene, input);
  if (!voucher) return input.label;
  return core::masked_number(voucher->number) + " · " + voucher_brief(scene, input);
}

// Why the voucher that was keyed cannot pay, an English key; null: it can, as far as the
// screen knows.
const char* no_voucher(const Scene& scene, const TenderInput& input) {
  const core::VoucherSettings& rules = scene.till.settings.vouchers;
  if (input.label.empty()) return "Scan the voucher or key in its number first.";
  if (!is_looked_up(scene, input)) return "One moment …";
  const core::Voucher* voucher = keyed_voucher(scene, input);
  if (!voucher) {
    const bool is_ours = core::is_voucher_number(core::plain_voucher_number(input.label));
    return is_ours || rules.unknown == "refuse" ? "This voucher is not known here." : nullptr;
  }
  if (voucher->is_blocked) return "This voucher is blocked.";
  if (rules.expired == "refuse" && core::has_expired(*voucher, scene.instant)) {
    return "This voucher has expired.";
  }
  if (voucher->balance.is_zero()) return "Nothing is left on this voucher.";
  if (voucher->available().is_zero()) return "What is on this voucher is held for another cart.";
  return nullptr;
}

void add_methods(const Scene& scene, const TenderInput& input, TenderView& view) {
  const Words& words = scene.words;
  const bool has_terminal = scene.till.settings.terminal.kind != "none";
  view.methods_label = words("How?");
  TenderView::Method card{in_words(words, "Card"),
                          in_words(words, scene.devices.terminal.words.c_str()),
                          ui::icons::contactless, scene.devices.terminal.state};
  if (!has_terminal) {
    card.enabled = false;
    card.second = words("No terminal is set up");
    card.state = ui::State::neutral;
    card.why_not = words("No card terminal is set up.");
  }
  view.methods.push_back(std::move(card));
  view.methods.push_back(
      {in_words(words, "Cash"), in_words(words, "The drawer opens"), ui::icons::payments});
  const bool has_number = input.method == TenderMethod::voucher && !input.label.empty();
  view.methods.push_back(
      {in_words(words, "Voucher"),
       has_number ? voucher_words(scene, input) : in_words(words, "Scan it, or key in its number"),
       ui::icons::card_giftcard});
  view.methods.push_back({in_words(words, "Other"),
                          in_words(words, "Bank transfer, invoice, delivery"),
                          ui::icons::more_horiz});
  view.methods[1].brief = words("Opens the drawer");
  view.methods[2].brief = has_number ? voucher_brief(scene, input) : words("Scan it");
  view.methods[3].brief = words("Transfer, delivery");
  view.methods[static_cast<std::size_t>(input.method)].is_selected = true;
}

std::string parts_text(const std::vector<Money>& parts, Language language) {
  std::string text;
  for (const Money part : parts) {
    if (!text.empty()) text += " + ";
    text += amount_text(part, language);
  }
  return text;
}

TenderView::Part part(const Scene& scene, const TenderInput& input, int n) {
  const Words& words = scene.words;
  return {words.fill("{} part", "{} parts", n), "", input.parts == n && input.keyed.value() == 0};
}

void add_split(const Scene& scene, const TenderInput& input, TenderView& view) {
  const Words& words = scene.words;
  const Money rest = payable(scene, input);
  view.split_label = words("Split the rest");
  view.parts = {part(scene, input, 2), part(scene, input, 3)};
  view.parts[0].detail = parts_text(core::split_evenly(rest, 2), words.language());
  TenderView::Part n{in_words(words, "n parts …"), "", false};
  if (input.parts >= least_parts) n = part(scene, input, input.parts);
  view.parts.push_back(n);
  if (input.sheet != TenderSheet::parts) return;
  view.parts_title = words.fill("Split {} into equal parts", {money_text(rest, words.language())});
  view.close = words("Close");
  view.part_choices.emplace();
  for (int i = least_parts; i <= most_parts; ++i) {
    TenderView::Part choice = part(scene, input, i);
    choice.detail =
        words.fill("{} each", {amount_text(core::split_evenly(rest, i).front(), words.language())});
    view.part_choices->push_back(choice);
  }
}

void add_amount(const Scene& scene, const TenderInput& input, TenderView& view) {
  const Words& words = scene.words;
  const Language language = words.language();
  constexpr const char* labels[] = {"Amount by card", "Cash received", "Amount by voucher",
                                    "Amount otherwise"};
  const Money amount = amount_to_take(scene, input), rest = payable(scene, input);
  view.amount_label = words(labels[static_cast<std::size_t>(input.method)]);
  view.amount = money_text(amount, language);
  view.is_refused = input.keyed.is_refused();
  if (input.method != TenderMethod::cash) {
    view.most = words.fill("at most {}", {amount_text(rest, language)});
  } else if (amount > rest + input.tip) {
    view.change = words.fill("Change {}", {money_text(amount - rest - input.tip, language)});
  } else if (input.tip.minor > 0 && amount >= rest) {
    view.most = words.fill("Tip {}", {amount_text(input.tip, language)});
  } else if (amount < rest) {
    view.most = words.fill("{} remain", {amount_text(rest - amount, language)});
  }
  if (input.method == TenderMethod::other) {
    view.quick_are_labels = true;
    for (const char* label : other_tenders) {
      view.quick.push_back({in_words(words, label), "", input.label == label});
    }
    return;
  }
  const std::vector<Money> amounts = quick_amounts(rest, input.method);
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    const Money quick = amounts[i];
    std::string label = amount_text(quick, language);
    if (i == 0) label = words.fill("Rest {}", {label});
    if (i == 1 && input.method != TenderMethod::cash) label = words.fill("Half {}", {label});
    view.quick.push_back({label, amount_text(quick, language)});
  }
}

void add_main(const Scene& scene, const TenderInput& input, TenderView& view) {
  const Words& words = scene.words;
  constexpr const char* labels[] = {"Start card {}", "Take cash {}", "Take voucher {}", "Take {}"};
  const auto method = static_cast<std::size_t>(input.method);
  const Money amount = amount_to_take(scene, input);
  // The terminal is asked for both together.
  const Money shown = input.method == TenderMethod::card ? amount + input.tip : amount;
  view.main = words.fill(labels[method], {money_text(shown, words.language())});
  view.main_icon = view.methods[method].icon;
  if (input.method == TenderMethod::other) view.main_icon = ui::icons::check;
  const auto refuse = [&](const char* why) {
    view.can_take = false;
    view.why_not = words(why);
  };
  if (!view.methods[method].enabled) {
    view.can_take = false;
    view.why_not = view.methods[method].why_not;
  } else if (input.method != TenderMethod::cash && amount > scene.till.due) {
    refuse("This is more than is still due.");
  } else if (input.method == TenderMethod::cash && input.tip.minor > 0 &&
             amount < owed(scene, input.method) + input.tip) {
    refuse("This is not enough for what is due and the tip.");
  } else if (input.method == TenderMethod::other && input.label.empty()) {
    refuse("Please choose what it is.");
  } else if (input.method == TenderMethod::voucher) {
    if (const char* why = no_voucher(scene, input)) {
      refuse(why);
    } else if (amount > payable(scene, input)) {
      refuse("There is less on this voucher.");
    }
  }
}

AskView unlikely_sheet(const Scene& scene, const TenderInput& input) {
  const Words& words = scene.words;
  const Money rest = owed(scene, input.method), given = amount_to_take(scene, input);
  const auto text = [&](Money money) { return money_text(money, words.language()); };
  return {in_words(words, "Was it really that much?"),
          words.fill("{} were keyed, {} are to be paid. {} would be given back.",
                     {text(given), text(rest), text(given - rest)}),
          in_words(words, "Correct the amount"), words.fill("Take cash {}", {text(given)}),
          ui::icons::payments};
}

WaysView goods_sheet(const Scene& scene) {
  const Words& words = scene.words;
  WaysView view;
  view.title = words("Where are the goods?");
  view.words = words(
      "What is not paid yet is owed for goods that go along; for goods that stay here it is a "
      "deposit.");
  const bool go_along = scene.till.settings.receipts.partly_paid == "goods_along";
  view.main = words(go_along ? "The goods go along" : "The goods stay here");
  view.other = words(go_along ? "The goods stay here" : "The goods go along");
  view.cancel = words("Cancel");
  return view;
}

TextSheetView voucher_sheet(const Scene& scene) {
  const Words& words = scene.words;
  TextSheetView sheet;
  sheet.title = words("Voucher number");
  sheet.explained = words("What is on it is shown before anything is taken.");
  sheet.placeholder = words("Number or code");
  sheet.confirm = words("Done");
  sheet.close = words("Close");
  sheet.layout = layout_of(words);
  sheet.most_bytes = 40;
  return sheet;
}

TextSheetView tip_sheet(const Scene& scene, const TenderInput& input) {
  const Words& words = scene.words;
  TextSheetView sheet;
  sheet.title = words("Tip");
  sheet.explained = words("Beside what is due: the staff's, and no turnover.");
  sheet.placeholder = words("No tip");
  sheet.confirm = words("Done");
  sheet.close = words("Close");
  sheet.kind = ui::KeyboardKind::number;
  sheet.layout = layout_of(words);
  sheet.most_bytes = 12;
  sheet.can_confirm = tip_in(input.text.value, scene.till.due.currency).has_value();
  sheet.why_not = words("This amount is not possible.");
  return sheet;
}

void add_tip(const Scene& scene, const TenderInput& input, TenderView& view) {
  const Words& words = scene.words;
  view.tip = input.tip.minor > 0 ? words.fill("Tip {}", {amount_text(input.tip, words.language())})
                                 : in_words(words, "Tip");
  if (input.method != TenderMethod::cash && input.method != TenderMethod::card) {
    view.tip_why_not = words("A tip is given in cash or by card.");
  }
}

}  // namespace

void present_choice(const Scene& scene, const TenderInput& input, TenderView& view) {
  add_methods(scene, input, view);
  add_split(scene, input, view);
  add_amount(scene, input, view);
  add_main(scene, input, view);
  add_tip(scene, input, view);
  if (input.sheet == TenderSheet::tip) view.text = tip_sheet(scene, input);
  if (input.sheet == TenderSheet::label) view.text = voucher_sheet(scene);
  if (input.sheet == TenderSheet::unlikely) view.unlikely = unlikely_sheet(scene, input);
  if (input.sheet == TenderSheet::goods) view.goods = goods_sheet(scene);
}

}  // namespace pos
