"""Words without content, by language: articles, pronouns, prepositions, conjunctions, auxiliary verbs.

Texts in these languages are compared by their other words. Words of one or two
letters never count, so they stand in none of the lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STOP: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        """
        about above after again against all also although among and another any are aren't because been before being
        below between both but can can't cannot could couldn't did didn't does doesn't doing don't down during each
        either else even ever every for from further had hadn't has hasn't have haven't having her here hers herself him
        himself his how however into isn't its itself just least less let like may might more most much must neither nor
        not now off once one only onto other others ought our ours out over own per quite rather same shall she should
        since some such than that that's the their theirs them themselves then there these they this those though
        through thus too toward towards under until upon very was wasn't were weren't what what's when where whether
        which while who whom whose why will with within without won't would wouldn't yet you your yours
        """.split()
    ),
    "de": frozenset(
        """
        aber alle allem allen aller alles als also andere anderem anderen anderer anderes auch auf aus außer bei beide
        beiden beim bereits bevor bis bist damit dann das dass dasselbe dazu dein deine dem den denen denn der deren
        derselbe des dessen dich die dies diese diesem diesen dieser dieses dir doch dort durch ein eine einem einen
        einer eines einige einigen einmal etwa etwas euch euer für gegen gewesen hab habe haben hat hatte hatten hier
        hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres immer indem ins ist jede jedem jeden jeder jedes
        jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner können könnte machen man manche mehr
        mein meine mich mir mit muss musste müssen nach nicht nichts noch nun nur obwohl oder ohne sehr sein seine
        seinem seinen seiner seines seit selbst sich sie sind sobald solche solchem solchen solcher soll sollte sondern
        sonst sowie über und uns unser unsere unter viel viele vom von vor wann war waren warum was weg weil welche
        welchem welchen welcher welches wem wen wenn wer werde werden weshalb wessen wie wieder will wir wird wirst
        wodurch womit worden worin wurde wurden während würde würden zum zur zwar zwischen
        """.split()
    ),
    "es": frozenset(
        """
        además algo alguna algunas alguno algunos algún ante antes aquel aquella aquellas aquellos así aún aunque bajo
        bien cada casi como con contra cual cuales cualquier cuando cuándo cuál cuáles cuánta cuántas cuánto cuántos
        cómo debe deben del desde después donde dos durante dónde ella ellas ello ellos entre era eran eres esa esas ese
        eso esos esta estaba estado estamos estas este esto estos está están fue fueron fuese había han has hasta hay
        haya incluso las les los más mediante menos mis misma mismas mismo mismos mucha muchas mucho muchos muy nada
        ningún ninguna ninguno nos nosotros nuestra nuestras nuestro nuestros nunca otra otras otro otros para pero poco
        por porque puede pueden pues que quien quienes quién quiénes qué sea sean según ser será serán sido sin sino
        sobre sois solo somos son soy sus sólo tal también tampoco tan tanto tener tiene tienen toda todas todo todos
        tras tus una unas uno unos usted ustedes vez vosotros
        """.split()
    ),
    "fr": frozenset(
        """
        afin ainsi alors après aucun aucune aussi autre autres aux avait avaient avant avec avoir beaucoup bien car ceci
        cela celle celles celui cependant ces cet cette ceux chacun chacune chaque chez comme comment contre dans depuis
        des dont donc deux durant elle elles encore entre est est-ce été être eux fait font furent fut hors ici ils
        jusque laquelle lequel les lesquelles lesquels leur leurs lors lorsque lui mais malgré mes même mêmes moins mon
        nos notre nous ont ou où par parce parmi pas pendant peu peut peuvent plus plusieurs pour pourquoi quand que
        quel quelle quelles quelque quelques quels qu'est-ce qui quoi sans sauf selon sera seront ses sien soi soient
        soit son sont sous sur tandis tel telle telles tels tous tout toute toutes très trop une vers voici voilà vos
        votre vous était étaient étant
        """.split()
    ),
}
