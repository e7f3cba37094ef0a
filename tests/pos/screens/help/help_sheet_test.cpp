#include "pos/screens/help/help_sheet.h"

#include <doctest/doctest.h>

#include <fstream>

#include "pos/screens/help/flow.h"
#include "tests/support/shop_scene.h"
#include "tests/support/ui_driver.h"

using namespace pos;

namespace {

struct OpenHelp {
  test::ShopScene box;
  HelpInput input;
  Reaction reaction;
  test::UiDriver ui;

  explicit OpenHelp(int width = 1280, int height = 800) : ui(width, height) {
    toggle_help(input, HelpTopic::paying);
  }
  Scene scene() {
    Scene scene = box.scene();
    scene.width = ui.ui().width() > 0 ? ui.ui().width() : 1280;
    return scene;
  }
  test::UiDriver::Draw draw() {
    return [this](ui::Ui& on) {
      const Scene shown = scene();
      Reaction now = run(on, shown, input);
      if (now.help_page) answer(*now.help_page);
    };
  }
  // What the reader's thread does.
  void answer(const HelpWish& wish) {
    std::ifstream stream(help_file(TRESEN_ASSETS, wish.language, wish.topic));
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    box.found.help = FoundHelp{wish.topic, wish.language, read_help(text)};
  }
};

}  // namespace

TEST_CASE("help sheet: it shows the page of its topic, and a link leads on and back") {
  OpenHelp help(1280, 2000);  // the whole page
  help.ui.draw(help.draw());
  help.ui.draw(help.draw());
  const HelpView view = present(help.scene(), help.input);
  REQUIRE_FALSE(view.links.empty());
  CHECK(help.ui.shows(view.page.blocks.front().runs.front().text));
  const HelpTopic first = view.links.front().topic;
  help.ui.tap("help-" + std::string(word(first)), help.draw());
  CHECK(help.input.topic == first);
  CHECK(help.box.found.help->topic == first);
  react({HelpTap::Kind::back}, help.scene(), help.input);
  CHECK(help.input.topic == HelpTopic::paying);
}

TEST_CASE("help sheet: Escape puts it away, and so does asking for it again") {
  OpenHelp help;
  help.ui.draw(help.draw());
  help.ui.key(ui::Key::escape, help.draw());
  CHECK_FALSE(help.input.topic);
  toggle_help(help.input, HelpTopic::shift);
  CHECK(help.input.topic == HelpTopic::shift);
  toggle_help(help.input, HelpTopic::selling);
  CHECK_FALSE(help.input.topic);
}

TEST_CASE("help sheet: in a narrow window page and topics take turns") {
  OpenHelp help(800, 1280);
  help.ui.draw(help.draw());
  help.ui.draw(help.draw());
  const HelpView view = present(help.scene(), help.input);
  REQUIRE(view.is_narrow);
  help.ui.tap(view.topics_word, help.draw());
  CHECK(help.input.shows_topics);
  help.ui.tap("help-shift", help.draw());
  CHECK(help.input.topic == HelpTopic::shift);
  CHECK_FALSE(help.input.shows_topics);
}

TEST_CASE("help sheet: a page that cannot be read says so") {
  OpenHelp help;
  help.ui.draw([&](ui::Ui& on) {
    Scene scene = help.scene();
    run(on, scene, help.input);
  });
  help.box.found.help = FoundHelp{HelpTopic::paying, help.scene().words.language(), {}};
  CHECK_FALSE(present(help.scene(), help.input).empty.empty());
}

TEST_CASE("help flow: words wrap at the width, and what is glued stays together") {
  test::UiDriver driver;
  Flow narrow, wide;
  const HelpRuns runs{
      {"Tap ", false, {}}, {"Cash", true, {}}, {": done, then on and on", false, {}}};
  driver.frame([&](ui::Ui& on) {
    wide = flow(on, 1000, runs, {});
    narrow = flow(on, 90, runs, {});
  });
  CHECK(wide.lines == 1);
  REQUIRE(wide.pieces.size() == 3);
  CHECK(wide.pieces[1].text == "Cash");
  CHECK(wide.pieces[2].text == ": done, then on and on");
  CHECK(wide.pieces[2].x == wide.pieces[1].x + wide.pieces[1].width);
  CHECK(narrow.lines > 1);
  for (const FlowPiece& piece : narrow.pieces) {
    CHECK(piece.x + piece.width <= 90);
    CHECK_FALSE(piece.text.starts_with(" "));
  }
}
