// The screens on their stage: which one is shown, what each remembers, what was
// found for them; draws frames and passes on what they answer. The same stage
// stands in the window and in `tresen drive`. UI thread.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "pos/desk/scan_filter.h"
#include "pos/desk/scene.h"
#include "pos/runtime/runtime.h"
#include "pos/screens/customer/customer_window.h"
#include "pos/ui/chime.h"
#include "pos/ui/ui.h"
#include "pos/ui/window.h"

namespace pos {

class Stage {
 public:
  // All must outlive the stage. `first`: the screen to open with.
  Stage(Runtime& runtime, ui::Window& window, ui::Fonts& fonts, const Translations& translations,
        const core::Clock& clock, std::filesystem::path pictures, std::optional<Screen> first);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Draws what is due. True if anything was drawn.
  bool draw_due_frames();
  // How long nothing changes by itself.
  std::chrono::milliseconds patience() const;

  void go(Screen screen);
  void scan(const std::string& code);
  // As if typed by a person: no scan is looked for in it.
  void type(std::string_view text);

  const ui::ItemLog& log() const { return ui_.log(); }
  // The customer's window; null where the settings have none.
  CustomerWindow* customer() { return customer_.get(); }
  // Where somebody wants to go that is another folder's.
  std::optional<Leaving> leaving() const { return leaving_; }
  Language language() const { return words().language(); }
  // Every question is answered and nothing moves.
  bool is_idle() const;
  // The refusal or toast that is shown, for the driver's error messages.
  const std::string& last_refusal() const { return last_refusal_; }

 private:
  struct Inputs;

  const char* in_the_way_of_scans() const;  // null: nothing is
  bool take_messages();
  void take(UiMessage message);
  bool take_news();
  bool is_frame_due() const;
  bool is_toast_due() const;
  void draw_frame();
  void ask(const Questions& questions);
  void carry_out(Reaction reaction);
  void run_errand(Errand errand);
  HelpTopic topic_here() const;
  // In words and by sound: a scan or a key was not taken.
  void refuse(std::string words);
  void follow_the_till();
  // New online orders are told on every screen.
  void announce_arrivals();
  void show_to_customer();
  void give_up_customer(std::string_view why);
  void tell_bulk(std::uint64_t before);
  void tell_written(const Written& written);
  void watch_orders();
  void restart_idle_lock(const ui::FrameInput& input);
  ui::Look look() const;
  const Words& words() const;
  Scene scene() const;

  Runtime& runtime_;
  ui::Window& window_;
  const Translations& translations_;
  const core::Clock& clock_;
  core::WaitingClock waiting_;  // for what is waited for
  std::filesystem::path pictures_folder_;
  ui::Pictures pictures_;
  ui::Ui ui_;
  ScanFilter scanner_;
  std::unique_ptr<Inputs> inputs_;
  ui::Fonts& fonts_;
  std::unique_ptr<CustomerWindow> customer_;
  bool is_customer_given_up_ = false;        // it could not be shown
  std::optional<core::Receipt> to_be_read_;  // by the customer, as a QR code

  std::shared_ptr<const core::Snapshot> till_;
  std::shared_ptr<const Devices> devices_;
  Found found_;
  Screen screen_ = Screen::sell;

  // What was asked of each kind, and how the orders stood then.
  struct Asked {
    std::optional<core::Question> question;
    std::uint64_t revision = 0;
    bool is_answered = true;
  };
  std::array<Asked, std::variant_size_v<core::Question>> asked_;
  std::vector<ui::Stroke> to_type_;
  std::string last_refusal_;
  std::string last_scan_;
  core::Instant last_touch_;
  std::int64_t shown_tick_ = -1;
  bool is_slip_awaited_ = false;
  std::optional<Leaving> leaving_;
  std::optional<Language> language_;  // chosen while nobody is signed in
  ui::Chime chime_;
  std::uint64_t seen_arrivals_ = 0;
  std::uint64_t told_arrivals_ = 0;  // the toast that is shown counts from here
  bool watches_orders_ = false;      // the sync thread was told to ask more often
};

}  // namespace pos
