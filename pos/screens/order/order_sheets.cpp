// The sheets of the order page: one is open at a time, and what it decides is
// told to the till.
#include "core/base/text.h"
#include "pos/screens/order/order_screen.h"
#include "pos/screens/order/order_verbs.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/text_sheet.h"

namespace pos {
namespace {

struct EntryFace {
  const char* title;
  const char* explained;
  const char* placeholder;
};

EntryFace face_of(OrderEntry what) {
  switch (what) {
    case OrderEntry::note:
      return {"Note on {}", "Only the shop reads it.", "Picks it up on Saturday"};
    case OrderEntry::hand_over:
      return {"Hand over {}", "Ask for the name, or for the code of the pick-up mail.",
              "Name or code"};
    case OrderEntry::download:
      return {"What is sent for {}", "A link or a code, for every order of this product.",
              "https://"};
    case OrderEntry::tracking:
      break;
  }
  return {"Tracking number of {}", "Type it, or scan the label of the parcel.", "Tracking number"};
}

TextSheetView entry_view(const Scene& scene, const core::Order& order, const EntryInput& input) {
  const Words& words = scene.words;
  const EntryFace face = face_of(input.what);
  TextSheetView view;
  view.title =
      words.fill(face.title, {input.what == OrderEntry::download ? input.sku : order.number});
  view.explained = words(face.explained);
  view.placeholder = words(face.placeholder);
  view.confirm =
      input.what == OrderEntry::hand_over ? words.with("button", "Hand over") : words("Save");
  view.close = words("Cancel");
  view.layout = layout_of(words);
  view.most_bytes = input.what == OrderEntry::note       ? 500
                    : input.what == OrderEntry::download ? 2000
                                                         : 64;
  return view;
}

Reaction accept(const EntryInput& input, const core::Order& order, ParcelInput& parcel) {
  const std::string text(core::trim(input.text.value));
  switch (input.what) {
    case OrderEntry::note:
      return verb(core::NoteOrder{order.id, text});
    case OrderEntry::hand_over:
      return verb(core::HandOver{order.id, text});
    case OrderEntry::download:
      return verb(core::SetDownload{input.sku, text});
    case OrderEntry::tracking:
      parcel.tracking_number = text;
      break;
  }
  return {};
}

// The button that asked for it has the words for going on.
AskView ask_view(const Scene& scene, const OrderInput& input, OrderTap::Kind step) {
  using Kind = OrderTap::Kind;
  const Words& words = scene.words;
  const OrderView view = present(scene, input);
  const std::string* label = step == Kind::capture       ? &view.capture
                             : step == Kind::collect     ? &view.collect
                             : step == Kind::fulfil      ? &view.fulfil
                             : step == Kind::fulfil_some ? &view.fulfil_some
                             : step == Kind::ready       ? &view.ready
                             : step == Kind::hand_over   ? &view.hand_over
                                                         : &view.all_steps;
  return {words.fill("Order {} needs attention", {view.number}),
          joined_sentences(view.trouble, view.advice), std::string(words("Back")),
          words.fill("Go on anyway: {}", {*label}), ui::icons::warning};
}

// Runs one kind of sheet. `is_closed` is set when it is done with.
struct RunSheet {
  ui::Ui& ui;
  const Scene& scene;
  const core::OrderDetail& detail;
  OrderInput& input;

  SheetResult operator()(std::monostate) const { return {}; }
  SheetResult operator()(MenuInput menu) const {
    const OrderMenuTap tap =
        draw(ui, menu.is_mails ? mail_menu(scene, detail) : order_menu(scene, detail));
    if (!tap.verb) return {{}, tap.is_closed};
    input.sheet = {};
    return {choose(*tap.verb, scene, detail, input, tap.of), false};
  }
  SheetResult operator()(CaptureInput& sheet) const {
    return react(draw(ui, present(scene, detail, sheet)), scene, detail, sheet);
  }
  SheetResult operator()(FulfilInput& sheet) const {
    const FulfilTap tap = draw(ui, present(scene, detail, sheet, input.parcel));
    if (tap.is_tracking) {
      input.sheet =
          EntryInput{OrderEntry::tracking, {input.parcel.tracking_number, {}}, FulfilInput(sheet)};
      return {};
    }
    return react(tap, detail, sheet, input.parcel);
  }
  SheetResult operator()(RefundInput& sheet) const {
    return react(draw(ui, present(scene, detail, sheet)), scene, detail, sheet);
  }
  SheetResult operator()(CancelInput& sheet) const {
    return react(draw(ui, present(scene, detail, sheet)), scene, detail, sheet);
  }
  SheetResult operator()(ConflictInput) const {
    const auto view = present_conflict(scene, detail);
    return view ? react(draw(ui, *view), detail) : close_sheet();
  }
  SheetResult operator()(AskInput ask) const {
    const AskTap tap = draw(ui, ask_view(scene, input, ask.step.kind));
    if (tap == AskTap::none) return {};
    input.sheet = {};
    if (tap == AskTap::back) return {};
    return {act(ask.step, scene, detail, input), false};
  }
  SheetResult operator()(CustomerInput& sheet) const { return run(ui, scene, sheet); }
  SheetResult operator()(EntryInput& sheet) const {
    const TextSheetTap tap = draw(ui, entry_view(scene, detail.order, sheet), sheet.text);
    if (tap == TextSheetTap::none) return {};
    Reaction reaction;
    if (tap == TextSheetTap::confirm) reaction = accept(sheet, detail.order, input.parcel);
    if (!sheet.back) return {std::move(reaction), true};
    input.sheet = FulfilInput(*sheet.back);
    return {};
  }
};

}  // namespace

Reaction choose(OrderVerb which, const Scene& scene, const core::OrderDetail& detail,
                OrderInput& input, std::size_t of) {
  const core::Order& order = detail.order;
  switch (which) {
    case OrderVerb::mail_receipt:
      input.mail = {true, order.customer.email};
      break;
    case OrderVerb::mails:
      input.sheet = MenuInput{true};
      break;
    case OrderVerb::resend:
      return verb(core::ResendMail{order.id, static_cast<core::OutboxKind>(of)});
    case OrderVerb::download:
      if (of >= order.lines.size() || of >= detail.looks.size()) break;
      input.sheet = EntryInput{
          OrderEntry::download, {detail.looks[of].download, {}}, {}, order.lines[of].sku};
      break;
    case OrderVerb::voucher: {
      const std::vector<std::string> numbers = vouchers_of(detail);
      Reaction reaction;
      if (of < numbers.size()) reaction.voucher = numbers[of];
      input.sheet = {};
      return reaction;
    }
    case OrderVerb::packing_slip:
      return verb(core::PrintPackingSlip{order.id});
    case OrderVerb::capture_part:
      input.sheet = CaptureInput{};
      break;
    case OrderVerb::refund:
      input.sheet = refund_input(detail);
      break;
    case OrderVerb::correct:
      return verb(core::CorrectTender{order.id,
                                      {},
                                      static_cast<core::Tender>(of),
                                      "",
                                      std::string(scene.words("Wrong tender"))});
    case OrderVerb::customer:
      input.sheet = CustomerInput{.customer = order.customer, .of_order = order.id};
      break;
    case OrderVerb::note:
      input.sheet = EntryInput{OrderEntry::note, {order.note, {}}};
      break;
    case OrderVerb::reopen:
      return verb(core::ReopenOrder{order.id});
    case OrderVerb::cancel:
      input.sheet = CancelInput{};
      break;
  }
  return {};
}

Reaction run_sheet(ui::Ui& ui, const Scene& scene, const core::OrderDetail& detail,
                   OrderInput& input) {
  SheetResult result = std::visit(RunSheet{ui, scene, detail, input}, input.sheet);
  if (result.is_closed) input.sheet = {};
  return std::move(result.reaction);
}

}  // namespace pos
