#include "pos/screens/stage.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"

#include "pos/screens/cards/unresolved_screen.h"
#include "pos/screens/customer/customer_words.h"
#include "pos/screens/customers/customers_screen.h"
#include "pos/screens/frame/approval_sheet.h"
#include "pos/screens/frame/cart_owner.h"
#include "pos/screens/frame/frame.h"
#include "pos/screens/frame/training_mark.h"
#include "pos/screens/help/help_sheet.h"
#include "pos/screens/order/order_screen.h"
#include "pos/screens/orders/orders_screen.h"
#include "pos/screens/outbox/outbox_screen.h"
#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/slip_sheet.h"
#include "pos/screens/reports/reports_screen.h"
#include "pos/screens/sell/sell_screen.h"
#include "pos/screens/settings/settings_screen.h"
#include "pos/screens/setup/setup_screen.h"
#include "pos/screens/shift/shift_screen.h"
#include "pos/screens/sign_in/sign_in_screen.h"
#include "pos/screens/tender/tender_screen.h"
#include "pos/screens/vouchers/voucher_sheet.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::chrono::milliseconds next_animation{8};

// The clock shows minutes; how long a PIN is locked out is shown in seconds.
core::Instant::duration tick_of(const core::Snapshot& till, core::Instant now) {
  const bool is_locked =
      std::any_of(till.pins.begin(), till.pins.end(), [&](const core::PinRecord& record) {
        return core::locked_for(record, now) > core::Instant::duration{0};
      });
  if (is_locked || now < till.locked_until) return std::chrono::seconds{1};
  if (till.done && till.done->signing_state == "waiting") return signing_is_shown_after;
  return std::chrono::minutes{1};
}
std::int64_t ticks_at(const core::Snapshot& till, core::Instant now) {
  return now.time_since_epoch() / tick_of(till, now);
}

std::unique_ptr<ui::Texture> texture_of(const ui::Image& image) {
  auto texture =
      std::make_unique<ui::Texture>(ui::Texture::Format::rgba32, image.width, image.height);
  std::transform(image.pixels.begin(), image.pixels.end(), texture->rgba.begin(),
                 [](std::uint32_t pixel) { return pixel | 0xFF000000U; });
  texture->opaque = true;
  return texture;
}

// Puts an answer in its place.
struct Keep {
  Found& found;
  void operator()(core::FoundCategories& answer) const { found.categories = std::move(answer); }
  void operator()(core::FoundTiles& answer) const { found.tiles = std::move(answer); }
  void operator()(core::FoundProducts& answer) const { found.products = std::move(answer); }
  void operator()(core::FoundOrders& answer) const { found.orders = std::move(answer); }
  void operator()(core::FoundOrder& answer) const { found.order = std::move(answer); }
  void operator()(core::FoundOutbox& answer) const { found.outbox = std::move(answer); }
  void operator()(core::FoundPrints& answer) const { found.prints = std::move(answer); }
  void operator()(core::FoundRules& answer) const { found.rules = std::move(answer); }
  void operator()(core::FoundCustomers& answer) const { found.customers = std::move(answer); }
  void operator()(core::FoundShift& answer) const { found.shift = std::move(answer); }
  void operator()(core::FoundVoucher& answer) const { found.voucher = std::move(answer); }
  void operator()(core::FoundReport& answer) const { found.report = std::move(answer); }
  void operator()(core::FoundClosings& answer) const { found.closings = std::move(answer); }
  void operator()(core::FoundRecords& answer) const { found.records = std::move(answer); }
  void operator()(core::FoundRecord& answer) const { found.record = std::move(answer); }
  void operator()(core::FoundJournal& answer) const { found.journal = std::move(answer); }
};

}  // namespace

// What each screen remembers between two frames.
struct Stage::Inputs {
  FrameInput frame;
  HelpInput help;
  SignInInput sign_in;
  SellInput sell;
  TenderInput tender;
  OrdersInput orders;
  OrderInput order;
  OutboxInput outbox;
  SettingsInput settings;
  UnresolvedInput unresolved;
  ReportsInput reports;
  ShiftInput shift;
  CustomersInput customers;
  SetupInput setup;
  // The slip that is looked at, and its picture once it is drawn.
  std::optional<SlipWish> slip;
  std::unique_ptr<ui::Texture> picture;
  std::unique_ptr<ui::Texture> sample;  // beside the shop's settings
  bool is_sample = false;               // what is being drawn is that one
  std::optional<VoucherInput> voucher;  // the one that is looked at
};

Stage::Stage(Runtime& runtime, ui::Window& window, ui::Fonts& fonts,
             const Translations& translations, const core::Clock& clock,
             std::filesystem::path pictures, std::optional<Screen> first)
    : runtime_(runtime),
      window_(window),
      translations_(translations),
      clock_(clock),
      waiting_(clock),
      pictures_folder_(std::move(pictures)),
      ui_(fonts, pictures_),
      scanner_(runtime.snapshot()->settings.scanner),
      inputs_(std::make_unique<Inputs>()),
      fonts_(fonts),
      till_(runtime.snapshot()),
      devices_(runtime.devices()),
      screen_(first.value_or(Screen::sell)),
      last_touch_(waiting_.now()) {
  if (!first && till_->settings.setup.wizard != "off") screen_ = Screen::setup;
  if (!till_->put_off.empty()) screen_ = Screen::unresolved;
  if (till_->attempt) carry_out(show_attempt(*till_->attempt));
}

Stage::~Stage() = default;

const Words& Stage::words() const {
  if (till_->cashier && !till_->cashier->language.empty()) {
    return translations_(language_from(till_->cashier->language));
  }
  if (!till_->cashier && language_) return translations_(*language_);
  return translations_(language_from(till_->settings.till.language));
}

ui::Look Stage::look() const {
  const std::string own = till_->cashier ? till_->cashier->appearance : "";
  const std::string& appearance = own.empty() ? till_->settings.till.appearance : own;
  ui::Look look;
  look.appearance = appearance == "dark" ? ui::Appearance::dark : ui::Appearance::light;
  look.scale = window_.scale();
  look.text_scale = static_cast<float>(text_percent(*till_)) / 100.0F;
  look.is_left_handed = is_left_handed(*till_);
  return look;
}

Scene Stage::scene() const {
  const core::Instant now = clock_.now();
  const auto base = [&](int pixels) {
    return static_cast<int>(static_cast<float>(pixels) / window_.scale());
  };
  return {*till_,
          found_,
          *devices_,
          words(),
          now,
          core::local_time(now, till_->settings.shop.time_zone),
          base(window_.width()),
          base(window_.height()),
          pictures_folder_.string(),
          last_scan_,
          (pictures_folder_.parent_path() / "templates").string(),
          &translations_,
          window_.why_nobody_can_work()};
}

void Stage::go(Screen screen) {
  if (screen == screen_) return;
  ui_.blur();
  ui_.ask_for_frame();
  stop_taking_empties(inputs_->sell);
  screen_ = screen;
}

void Stage::scan(const std::string& code) {
  // Whoever scans has read enough.
  inputs_->help = {};
  if (till_->needs_sign_in) {
    runtime_.post(core::SignInByBadge{code});
    return;
  }
  if (inputs_->frame.pending) {
    carry_out(approve_by(code, inputs_->frame));
    ui_.ask_for_frame();
    return;
  }
  last_scan_ = code;
  if (screen_ == Screen::settings && take_typed(code, inputs_->settings)) {
    ui_.ask_for_frame();
    return;
  }
  if (screen_ == Screen::setup) {
    take_code(code, scene(), inputs_->setup);
    ui_.ask_for_frame();
    return;
  }
  // On the Devices page a scan is only a trial.
  if (screen_ == Screen::settings) {
    ui_.ask_for_frame();
    return;
  }
  if (screen_ == Screen::order &&
      take_label(scene(), std::string(core::without_symbology(code)), inputs_->order)) {
    ui_.ask_for_frame();
    return;
  }
  // A card that is sold, or a voucher that pays.
  if ((screen_ == Screen::sell && take_code(code, inputs_->sell)) ||
      (screen_ == Screen::tender && take_code(scene(), code, inputs_->tender))) {
    ui_.ask_for_frame();
    return;
  }
  if (is_anothers_cart(*till_)) {
    return refuse(words().fill("This is the cart of {}", {till_->order.cashier}));
  }
  if (const char* why = in_the_way_of_scans()) {
    return refuse(std::string(words()(why)));
  }
  forget_unknown(inputs_->sell);
  runtime_.post(asked_by_scan(code, inputs_->sell));
  if (screen_ != Screen::sell) go(Screen::sell);
}

void Stage::refuse(std::string words) {
  last_refusal_ = std::move(words);
  tell(inputs_->frame, last_refusal_, ui::State::warn);
  if (!window_.is_headless()) chime_.ring(ui::Sound::refusal);
}

// While an amount or a text is being keyed, or a card is at the terminal, nothing
// is sold behind it.
const char* Stage::in_the_way_of_scans() const {
  if (screen_ == Screen::tender) return "Please finish the payment first. The scan was not taken.";
  const bool is_free = !inputs_->voucher && screen_ != Screen::setup &&
                       (screen_ != Screen::sell || takes_scan(inputs_->sell)) &&
                       (screen_ != Screen::order || takes_scan(scene(), inputs_->order)) &&
                       (screen_ != Screen::unresolved || !inputs_->unresolved.verdict) &&
                       (screen_ != Screen::shift || takes_scan(inputs_->shift)) &&
                       (screen_ != Screen::customers || takes_scan(inputs_->customers));
  return is_free ? nullptr : "Please finish this first. The scan was not taken.";
}

void Stage::type(std::string_view text) {
  for (const char32_t letter : core::code_points(text)) {
    std::string bytes;
    core::append_utf8(bytes, letter);
    to_type_.push_back({.text = std::move(bytes)});
  }
}

bool Stage::is_idle() const {
  const bool answered = std::all_of(asked_.begin(), asked_.end(),
                                    [](const Asked& asked) { return asked.is_answered; });
  return answered && to_type_.empty() && !ui_.wants_frame() && !is_slip_awaited_ &&
         !scanner_.deadline() && till_ == runtime_.snapshot();
}

std::chrono::milliseconds Stage::patience() const {
  if (ui_.wants_frame()) return next_animation;
  const core::Instant now = clock_.now();
  const auto tick = tick_of(*till_, now);
  auto until = tick - now.time_since_epoch() % tick;
  if (const auto held = scanner_.deadline()) until = std::min(until, *held - waiting_.now());
  if (const auto& toast = inputs_->frame.toast) {
    const std::chrono::duration<double> rest(std::max(0.0, toast->until - window_.seconds()));
    until = std::min(until, std::chrono::duration_cast<core::Instant::duration>(rest));
  }
  return std::max(std::chrono::milliseconds{1}, until);
}

bool Stage::take_news() {
  const bool has_messages = take_messages();
  const auto till = runtime_.snapshot();
  const auto devices = runtime_.devices();
  const bool changed = till != till_ || devices != devices_;
  const std::uint64_t bulk = till_->bulk ? till_->bulk->number : 0;
  till_ = till;
  devices_ = devices;
  if (changed) follow_the_till();
  announce_arrivals();
  tell_bulk(bulk);
  return changed || has_messages;
}

// One that was not drawn yet has no end; a standing one needs no frame.
bool Stage::is_toast_due() const {
  const auto& toast = inputs_->frame.toast;
  return toast && (toast->until <= 0 || window_.seconds() >= toast->until);
}

bool Stage::is_frame_due() const {
  const auto held = scanner_.deadline();
  return window_.has_input() || !to_type_.empty() || ui_.wants_frame() ||
         ticks_at(*till_, clock_.now()) != shown_tick_ || is_toast_due() ||
         (held && *held <= waiting_.now());
}

bool Stage::draw_due_frames() {
  bool drew = false;
  for (bool has_news = take_news(); has_news || is_frame_due(); has_news = take_news()) {
    draw_frame();
    // What came in may change what a screen remembers, after it was drawn.
    if (has_news) ui_.ask_for_frame();
    drew = true;
    if (!window_.has_input() && to_type_.empty()) break;
  }
  if (window_.take_other_changes() && customer_) {
    customer_->settle();
    show_to_customer();
  } else if (drew) {
    show_to_customer();
  }
  return drew;
}

void Stage::draw_frame() {
  const core::TillSettings& screen = till_->settings.till;
  window_.set_panel({ui::turn_from(screen.rotation), ui::touch_matrix_from(screen.touch)});
  ui::FrameInput input = window_.next_input();
  const core::Instant now = clock_.now();
  restart_idle_lock(input);
  const core::Instant waited = waiting_.now();
  auto sorted = scanner_.sort(std::move(input.strokes), waited, screen_ == Screen::sell);
  auto late = scanner_.flush(waited);
  input.strokes = std::move(sorted.strokes);
  for (auto& stroke : late.strokes) input.strokes.push_back(std::move(stroke));
  for (auto& stroke : to_type_) input.strokes.push_back(std::move(stroke));
  to_type_.clear();
  for (const std::string& code : sorted.scans) scan(code);
  // On every screen, whatever lies over it.
  const auto is_f1 = [](const ui::Stroke& stroke) { return stroke.key == ui::Key::f1; };
  if (std::erase_if(input.strokes, is_f1) > 0) toggle_help(inputs_->help, topic_here());
  shown_tick_ = ticks_at(*till_, now);
  chime_.rest();
  watch_orders();

  ui_.begin({window_.width(), window_.height(), window_.seconds(), std::move(input), look()});
  const Scene shown = scene();
  std::vector<Reaction> reactions;
  const auto act = [&](auto& screen_input) {
    reactions.push_back(run(ui_, shown, screen_input));
    ask(wants(shown, screen_input));  // what was typed just now included
  };
  if (till_->needs_sign_in) {
    act(inputs_->sign_in);
  } else if (screen_ == Screen::setup) {
    inputs_->frame.strip_end = 0;  // it stands without the frame
    inputs_->setup.slip = inputs_->sample.get();
    act(inputs_->setup);
  } else {
    reactions.push_back(run(ui_, shown, inputs_->frame, screen_));
    switch (screen_) {
      case Screen::sign_in:
      case Screen::setup:
      case Screen::sell:
        act(inputs_->sell);
        break;
      case Screen::tender:
        act(inputs_->tender);
        break;
      case Screen::orders:
        act(inputs_->orders);
        break;
      case Screen::order:
        act(inputs_->order);
        break;
      case Screen::outbox:
        act(inputs_->outbox);
        break;
      case Screen::settings:
        act(inputs_->settings);
        break;
      case Screen::unresolved:
        act(inputs_->unresolved);
        break;
      case Screen::reports:
        act(inputs_->reports);
        break;
      case Screen::shift:
        act(inputs_->shift);
        break;
      case Screen::customers:
        act(inputs_->customers);
        break;
    }
    if (inputs_->voucher) {
      reactions.push_back(run(ui_, shown, inputs_->voucher));
      if (inputs_->voucher) ask(wants(*inputs_->voucher));
    }
    reactions.push_back(run(ui_, shown, inputs_->slip, inputs_->picture.get()));
  }
  const bool shows_cart = screen_ == Screen::sell || screen_ == Screen::tender;
  if (!till_->needs_sign_in && shows_cart && is_anothers_cart(*till_)) {
    reactions.push_back(run_cart_owner(ui_, shown));
  }
  reactions.push_back(run(ui_, shown, inputs_->help));
  reactions.push_back(run_above(ui_, shown, inputs_->frame));
  if (till_->training) {
    draw_training_mark(ui_, words());
  } else if (till_->settings.setup.shop == "demo") {
    draw_demo_mark(ui_, words());
  }
  if (const auto& why = ui_.refused(); why && !why->empty()) tell(inputs_->frame, *why);
  window_.renderer().draw(ui_.end());
  for (Reaction& reaction : reactions) {
    if (!reaction.is_empty()) ui_.ask_for_frame();
    carry_out(std::move(reaction));
  }
}

void Stage::ask(const Questions& questions) {
  for (const core::Question& question : questions) {
    // The voucher that is looked at comes before the one that may pay under it.
    const auto* voucher = std::get_if<core::AskVoucher>(&question);
    if (voucher && inputs_->voucher && voucher->number != inputs_->voucher->number) continue;
    Asked& asked = asked_[question.index()];
    if (asked.question == question && asked.revision == till_->orders_revision) continue;
    asked = {question, till_->orders_revision, false};
    // What other rules would do is no answer.
    if (std::holds_alternative<core::AskRules>(question)) found_.rules.reset();
    runtime_.ask(question);
  }
}

void Stage::carry_out(Reaction reaction) {
  if (reaction.errand) run_errand(std::move(*reaction.errand));
  if (reaction.key_to_keep) runtime_.keep_key(std::move(*reaction.key_to_keep));
  for (core::Command& command : reaction.commands) {
    runtime_.post(std::move(command), reaction.approval);
  }
  if (reaction.takes_weight) runtime_.weight_was_taken();
  if (reaction.order) open_order(inputs_->order, *reaction.order);
  if (reaction.setup) open_step(inputs_->setup, *reaction.setup);
  if (reaction.leaving) leaving_ = reaction.leaving;
  if (reaction.go) go(*reaction.go);
  if (reaction.terminal) runtime_.answer_terminal(*reaction.terminal);
  if (reaction.sample) {
    is_slip_awaited_ = inputs_->is_sample = true;
    runtime_.draw_slip(*reaction.sample);
  }
  if (reaction.slip) {
    is_slip_awaited_ = true;
    inputs_->is_sample = false;
    runtime_.draw_slip(*reaction.slip);
    inputs_->picture.reset();
    inputs_->slip = std::move(reaction.slip);
  }
  if (reaction.voucher) inputs_->voucher = VoucherInput{std::move(*reaction.voucher)};
  if (reaction.customer_file) runtime_.write_customer(*reaction.customer_file);
  if (reaction.trial) runtime_.try_upstream(std::move(*reaction.trial));
  if (reaction.mail_trial) runtime_.try_mail(std::move(*reaction.mail_trial), words().language());
  if (reaction.signing) runtime_.serve_signing(std::move(*reaction.signing));
  if (reaction.report_file) runtime_.write_report(*reaction.report_file);
  if (reaction.asks_help) toggle_help(inputs_->help, topic_here());
  if (reaction.help_page) runtime_.read_help(*reaction.help_page);
  if (reaction.language) language_ = reaction.language;
  if (reaction.to_be_read) to_be_read_ = std::move(reaction.to_be_read);
  if (!reaction.toast.empty()) tell(inputs_->frame, reaction.toast);
  if (!reaction.refused.empty()) refuse(std::move(reaction.refused));
}

// What came of the one before is no answer to this one.
void Stage::run_errand(Errand errand) {
  if (std::holds_alternative<ListFolder>(errand)) found_.folder.reset();
  if (std::holds_alternative<ImportFile>(errand)) found_.import.reset();
  if (std::holds_alternative<RestoreFile>(errand)) found_.restore.reset();
  if (std::holds_alternative<MakeBackupCode>(errand)) found_.backup_code.reset();
  if (std::holds_alternative<ExamineTill>(errand)) found_.examined.reset();
  runtime_.run(std::move(errand));
}

bool Stage::take_messages() {
  bool has_any = false;
  while (auto message = runtime_.next_message()) {
    take(std::move(*message));
    has_any = true;
  }
  return has_any;
}

void Stage::take(UiMessage message) {
  if (auto* refused = std::get_if<Refused>(&message)) {
    last_refusal_ = words()(refused->refusal.text);
    const bool needs_approval = refused->refusal.kind == core::RefusalKind::needs_approval;
    if (needs_approval && !inputs_->frame.is_sent) {
      ask_approval(inputs_->frame, std::move(refused->command), last_refusal_);
      return;
    }
    const std::string& detail = refused->refusal.detail;
    const bool is_unknown_code =
        refused->command.is<core::Scan>() && refused->refusal.text == "No product has this code.";
    const bool is_twin =
        refused->refusal.text == "A slip like this one was taken today. Is it another?";
    if (is_twin && screen_ == Screen::sell) return ask_for_another(detail, inputs_->sell);
    // What may not be done is named in the reader's words.
    const std::string_view permission = words().with("permission", detail);
    if (!needs_approval && !detail.empty()) {
      last_refusal_ +=
          " " + (permission == detail ? reason_text(detail, words()) : std::string(permission));
    }
    if (inputs_->frame.is_sent) return refuse_approval(inputs_->frame, last_refusal_);
    // Whoever signs in reads it over the keys, for as long as it is true.
    const bool is_shown =
        refused->command.is<core::SignIn>() && refused->refusal.kind == core::RefusalKind::rule;
    if (is_shown) return ui_.ask_for_frame();
    // The sheet that offers a way out says why; a toast would lie over it.
    if (is_unknown_code && screen_ == Screen::sell && offer_unknown(detail, inputs_->sell)) {
      if (!window_.is_headless()) chime_.ring(ui::Sound::refusal);
      return ui_.ask_for_frame();
    }
    tell(inputs_->frame, last_refusal_, ui::State::bad);
  } else if (std::holds_alternative<Approved>(message)) {
    close_approval(inputs_->frame);
  } else if (const auto* shown = std::get_if<ShowThis>(&message)) {
    open_order(inputs_->order, shown->order);
    go(Screen::order);
  } else if (auto* voucher = std::get_if<ShowVoucherPage>(&message)) {
    inputs_->voucher = VoucherInput{std::move(voucher->number)};
    ui_.ask_for_frame();
  } else if (auto* day = std::get_if<ShowSlip>(&message)) {
    Reaction reaction;
    reaction.slip = SlipWish{std::move(day->receipt)};
    carry_out(std::move(reaction));
  } else if (auto* slip = std::get_if<SlipPicture>(&message)) {
    is_slip_awaited_ = false;
    (inputs_->is_sample ? inputs_->sample : inputs_->picture) = texture_of(slip->image);
  } else if (const auto* scanned = std::get_if<Scanned>(&message)) {
    scan(scanned->code);
  } else if (const auto* written = std::get_if<Written>(&message)) {
    tell_written(*written);
  } else if (auto* folder = std::get_if<FolderList>(&message)) {
    found_.folder = std::move(*folder);
  } else if (auto* import = std::get_if<ImportAnswer>(&message)) {
    found_.import = std::move(*import);
  } else if (auto* restore = std::get_if<RestoreAnswer>(&message)) {
    found_.restore = std::move(*restore);
  } else if (auto* code = std::get_if<BackupCodeMade>(&message)) {
    found_.backup_code = std::move(*code);
  } else if (auto* help = std::get_if<FoundHelp>(&message)) {
    found_.help = std::move(*help);
  } else if (auto* examined = std::get_if<Examined>(&message)) {
    found_.examined = std::move(*examined);
  } else {
    auto& answer = std::get<core::Answer>(message);
    const auto* orders = std::get_if<core::FoundOrders>(&answer);
    asked_[answer.index()].is_answered = !orders || orders->page.is_whole;
    std::visit(Keep{found_}, answer);
  }
}

void Stage::tell_written(const Written& written) {
  if (written.why_not.empty()) {
    return tell(inputs_->frame, words().fill("Written to {}", {written.file}), ui::State::ok);
  }
  last_refusal_ = words().fill("Not written: {}", {std::string(words()(written.why_not))});
  tell(inputs_->frame, last_refusal_, ui::State::bad);
}

// What is open over the screen comes before the screen.
HelpTopic Stage::topic_here() const {
  if (till_->needs_sign_in || inputs_->frame.pending) return HelpTopic::staff;
  if (inputs_->voucher) return HelpTopic::vouchers;
  switch (screen_) {
    case Screen::sell:
      return help_topic(*till_, inputs_->sell);
    case Screen::order:
      return help_topic(inputs_->order);
    case Screen::settings:
      return help_topic(inputs_->settings.section);
    case Screen::setup:
      return help_topic(inputs_->setup);
    default:
      return help_topic(screen_);
  }
}

// Where the till itself leads: a card that asks to be settled, an order that
// has just been completed.
void Stage::follow_the_till() {
  if (till_->done && screen_ == Screen::tender) go(Screen::sell);
  if (till_->settings.display.kind != "none") {
    runtime_.show_to_customer(display_text(*till_, words()));
  }
  if (till_->attempt && till_->attempt->phase == core::CardPhase::requested) {
    carry_out(show_attempt(*till_->attempt));
  }
}

// After the till's own frame, so that the customer's window never holds it up.
void Stage::show_to_customer() {
  const bool is_wanted = till_->settings.display.window == "on";
  if (!is_wanted) {
    is_customer_given_up_ = false;
    return customer_.reset();
  }
  if (!customer_) {
    if (is_customer_given_up_) return;
    auto opened = ui::SecondWindow::open(till_->settings.shop.name, window_.handle());
    if (!opened) return give_up_customer(opened.error());
    customer_ = std::make_unique<CustomerWindow>(std::move(*opened), fonts_);
  }
  if (!till_->order.lines.empty()) to_be_read_.reset();
  const CustomerMoment moment{screen_ == Screen::tender, clock_.now(),
                              to_be_read_ ? &*to_be_read_ : nullptr};
  const Language language = language_from(till_->settings.till.language);
  customer_->show(customer_page(*till_, translations_(language), moment), window_.seconds());
  if (const auto why = customer_->trouble(); !why.empty()) give_up_customer(why);
}

// The till needs no second window. It is tried again once it is switched on anew.
void Stage::give_up_customer(std::string_view why) {
  tell(inputs_->frame,
       std::string(words()("The customer's window cannot be shown.")) + " " + std::string(why),
       ui::State::bad);
  customer_.reset();
  is_customer_given_up_ = true;
  ui_.ask_for_frame();
}

// Also what came before the window stood: the sync is often faster.
void Stage::announce_arrivals() {
  const core::Arrivals& arrivals = till_->arrivals;
  const std::uint64_t before = std::exchange(seen_arrivals_, arrivals.count);
  if (arrivals.count <= before) return;
  // Those that come while the last are still being told are told with them.
  const auto& shown = inputs_->frame.toast;
  if (!shown || shown->action.empty()) told_arrivals_ = before;
  const auto count = static_cast<std::int64_t>(arrivals.count - told_arrivals_);
  std::string words = this->words().fill("A new online order has arrived.",
                                         "{} new online orders have arrived.", count);
  if (count == 1 && !arrivals.latest.empty()) {
    const core::Arrival& one = arrivals.latest.front();
    words = this->words().fill("New order {}: {}",
                               {one.number, money_text(one.total, this->words().language())});
    if (!one.customer.empty()) words += " · " + one.customer;
  }
  announce(inputs_->frame, std::move(words), std::string(this->words()("Show")), Screen::orders);
  const bool is_audible = till_->settings.till.arrival_sound == "on" && !window_.is_headless();
  if (is_audible) chime_.ring(ui::Sound::arrival);
}

// "5 done, 2 refused: why".
void Stage::tell_bulk(std::uint64_t before) {
  if (!till_->bulk || till_->bulk->number <= before) return;
  const core::BulkResult& bulk = *till_->bulk;
  const Words& words = this->words();
  std::string text = words.fill("{} order done.", "{} orders done.", bulk.done);
  if (bulk.refused > 0) {
    text += " " + words.fill("{} refused: {}",
                             {std::to_string(bulk.refused),
                              bulk.first_order + ", " + std::string(words(bulk.first_reason))});
  }
  tell(inputs_->frame, std::move(text), bulk.refused > 0 ? ui::State::warn : ui::State::ok);
}

// While somebody looks at the orders, the platform is asked more often.
void Stage::watch_orders() {
  const bool watches = !till_->needs_sign_in && screen_ == Screen::orders;
  if (watches == watches_orders_) return;
  watches_orders_ = watches;
  runtime_.watch_orders(watches);
}

void Stage::restart_idle_lock(const ui::FrameInput& input) {
  const core::Instant now = waiting_.now();
  if (input.is_down || !input.strokes.empty()) last_touch_ = now;
  const auto minutes = std::chrono::minutes{till_->settings.till.lock_after_minutes};
  if (till_->cashier && minutes.count() > 0 && now - last_touch_ > minutes) {
    last_touch_ = now;
    runtime_.post(core::SignOut{});
  }
}

}  // namespace pos
